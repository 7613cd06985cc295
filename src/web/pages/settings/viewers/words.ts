import type { ViewersWithoutRights } from '../../../../domain/settings/workspace-settings';

/** Every text of the section "Who may see". */
export const viewersWords = {
  intro:
    'Everybody sees the repositories that they may read in Bitbucket, and administrators see all. Where Bitbucket does not tell what somebody may read:',
  legend: 'Viewers whose repositories Bitbucket does not tell',
  save: 'Save',
  saveWhat: 'who may see',
  outcome: {
    refused: 'The choice of who may see was not saved',
    saved: 'The settings are saved',
    text: 'The choice applies from the next page that anybody opens.',
  },
  badChoice: 'Choose one of the two.',
  choices: {
    everybody: {
      text: 'Everybody who can open the page sees all repositories',
      hint: 'As in Bitbucket’s own overview of the workspace. Each page says so.',
    },
    administrators: {
      text: 'Nobody but administrators sees the numbers',
      hint: 'Others meet a page that says so and whom to ask.',
    },
  } satisfies Readonly<Record<ViewersWithoutRights, { readonly text: string; readonly hint: string }>>,
} as const;

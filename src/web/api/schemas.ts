import { z } from 'zod';
import { accelerateReport } from '../../reporting/answers/accelerate';
import { settingsReport, systemChoice, teamChoice } from '../../reporting/answers/choices';
import { dataQualityReport } from '../../reporting/answers/data-quality';
import { openWaitsReport } from '../../reporting/answers/open-waits';
import { count, pageOf, time, uuid } from '../../reporting/answers/parts';
import { mergedPullRequest, openPullRequest, workInProgressReport } from '../../reporting/answers/pull-requests';
import { reviewsReport } from '../../reporting/answers/reviews';
import { deployment, incident } from '../../reporting/answers/rows';
import { whatChangedReport } from '../../reporting/answers/what-changed';
import { settingsChange } from './settings-change';
import { keptView, newDefault, newView, viewAnswer, viewList } from './view-schemas';

const importState = z.enum(['queued', 'running', 'done', 'failed']);
const text = z.string();

/** Open for members to come, such as further figures on requests. */
const importStatus = z.looseObject({
  state: importState,
  repositories: z.object({ total: count, done: count, failed: count }),
  pull_requests: z.object({ total: count, done: count }),
  requests: z.looseObject({
    used: count,
    limit: count,
    window_ends_at: time.nullable(),
    by_purpose: z.record(text, count).optional(),
  }),
  eta_seconds: z.number().nullable(),
  problems: z.array(z.object({ repository: text.nullable(), message: text })),
  clock_ahead_seconds: z
    .int()
    .nullable()
    .optional()
    .meta({ description: "By how much Bitbucket's clock is ahead, while its calls are refused for that alone." }),
  work: z
    .object({
      ...{ jobs_waiting: count, oldest_notice_seconds: count.nullable(), given_up: count },
      repaired: z.object({ last_7_days: count, total: count }),
      bitbucket_ahead_seconds: z.int().nullable(),
    })
    .optional()
    .meta({ description: 'What waits, what reconciliation has put right, what was given up.' }),
  sizes: z.object({ total: count, done: count }).optional(),
  items: z
    .array(
      z.looseObject({
        ...{ uuid, slug: text, name: text, state: importState, message: text.nullable() },
        pull_requests: z.object({ total: count.nullable(), done: count }),
      }),
    )
    .optional(),
  notices: z.object({ waiting: count, unreadable: count }).optional(),
  groups: z.object({ read_at: time.nullable(), problem: text.nullable() }).optional(),
  connection: z.enum(['live', 'disabled', 'uninstalled', 'revoked']).nullable().optional(),
  access_refused: z.boolean().optional(),
  polling: z.object({ every_minutes: z.int(), looked_at: time.nullable() }).optional(),
});

const problem = z.object({
  type: text,
  title: text,
  status: z.int(),
  detail: text.optional(),
  request_id: text,
  errors: z.array(z.object({ name: text, value: text, message: text })).optional(),
});

/** What the API answers and is sent, by the names in its description. */
export const schemas = {
  AccelerateReport: accelerateReport,
  Deployment: deployment,
  Deployments: pageOf(deployment),
  Incident: incident,
  Incidents: pageOf(incident),
  ReviewsReport: reviewsReport,
  MergedPullRequest: mergedPullRequest,
  OpenPullRequest: openPullRequest,
  PullRequests: pageOf(z.union([mergedPullRequest, openPullRequest])),
  DataQualityReport: dataQualityReport,
  WorkInProgressReport: workInProgressReport,
  OpenWaitsReport: openWaitsReport,
  WhatChangedReport: whatChangedReport,
  Systems: z.object({ items: z.array(systemChoice) }),
  Teams: z.object({ items: z.array(teamChoice) }),
  Import: importStatus,
  Settings: settingsReport,
  SettingsChange: settingsChange,
  Views: viewList,
  NewView: newView,
  KeptView: keptView,
  NewDefaultView: newDefault,
  ViewAnswer: viewAnswer,
  Session: z.object({ session: text, expires_at: time }),
  Description: z.looseObject({}).meta({ description: 'OpenAPI 3.1.' }),
  Problem: problem,
} as const;
export type SchemaName = keyof typeof schemas;

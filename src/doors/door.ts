import type { RequestHandler } from 'express';
import type { Authorise } from '../bitbucket/client/bitbucket-client';
import type { Instant } from '../domain/instant';
import type { Connection, ConnectionKind } from '../store/connections/connection';
import type { Transaction } from '../store/database/transaction';

/**
 * A way for workspaces to come in, with everything that the other rooms ask of one: the web room mounts a list
 * of doors, the work that calls Bitbucket asks the door of a connection for a header, and nobody knows a door by name.
 */
export interface Door {
  /** Of the connections that came in here. Its own routes, but for prescribed ones, lie beneath `/<kind>/`. */
  readonly kind: ConnectionKind;
  /** Its own routes, relative to the path of BASE_URL. A request is refused by handing on a `RequestRefused`. */
  readonly routes: RequestHandler;
  /** Who asks for a page; `null` when the request shows nothing that is of this door. */
  identifyCaller(request: RequestHead): Promise<CallerVerdict | null>;
  /** Where notices come in: the pattern of a path. */
  readonly noticesPath: string;
  /**
   * Is this a notice of a workspace that is connected here? The body is read by whoever needs it: a door that can
   * refuse without does so before a byte of it is read.
   * @throws what `readBody` throws
   */
  acceptNotice(request: RequestHead, readBody: () => Promise<Buffer>): Promise<NoticeVerdict>;
  /**
   * The `Authorization` header for a call with a live connection of this door; `fresh`: the last one was refused.
   * @throws AccessRevoked, BitbucketUnavailable, and RateLimited when there is none before some moment
   */
  authorise(connection: Connection, options: Parameters<Authorise>[0]): Promise<string>;
  /** Its work that must survive the process, by kind of job. */
  readonly jobs: Readonly<Record<string, DoorJob>>;
}

/** What of a request can be vouched for, exactly as it arrived. An Express request is one. */
export interface RequestHead {
  readonly method: string;
  /** Path and query as on the wire, with the path of BASE_URL. */
  readonly originalUrl: string;
  /** Names and values in turn: here a header that was sent twice still shows. */
  readonly rawHeaders: readonly string[];
}

/** Who looks at a page. Everything in it was proved; nothing of it is taken from what a request merely says. */
export interface Caller {
  readonly workspace: string;
  /** With braces; `null`: nobody said. */
  readonly userUuid: string | null;
  /** `null`: the platform shows its places to those who may see them, and does not tell the role. */
  readonly role: 'administrator' | 'member' | null;
  /**
   * Whose rights decide what is seen: a Bitbucket account's UUID with braces, or whom a link or a proxy named. `null`:
   * nobody said.
   */
  readonly viewer: string | null;
  /** In our own window, the sign-in that let them in; `null`: inside Bitbucket's frame. */
  readonly signIn: string | null;
}

/** `reason` is for the log, never for the answer. */
export type CallerVerdict =
  | { readonly isTrusted: true; readonly caller: Caller }
  | {
      readonly isTrusted: false;
      readonly reason: string;
      /** Nothing else is wrong. */ readonly doClocksDiffer: boolean;
    };

type NoticeVerdict =
  | {
      readonly isTrusted: true;
      readonly workspace: string;
      /** The new secret it was signed with, which has to prove itself before the notice is believed. */
      readonly awaits?: string;
    }
  | { readonly isTrusted: false; readonly reason: string };

/**
 * What a door says to the other rooms, in the transaction of the step that it is about: what follows from a step is put
 * down with it or not at all, wherever the process ends.
 */
export interface DoorEvents {
  /**
   * One step in the life of a workspace: all that `work` writes, or nothing of it. Steps of one workspace, and its
   * erasure, wait for each other; what the step put down to be done is begun once it is committed.
   */
  step<T>(workspace: string, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** A connection is proven, or live again. */
  onConnected(workspace: string, tx: Transaction): Promise<void>;
  /** A workspace that was connected through another door goes on through this one: nothing of it is read twice. */
  onMoved(workspace: string, tx: Transaction): Promise<void>;
  /** What is live is said to be so once more: whatever of its work is missing is put down, and nothing else changes. */
  onStillConnected(workspace: string, tx: Transaction): Promise<void>;
  /** Bitbucket takes our credentials again: what waited for that need not wait any longer. */
  onAccessRestored(workspace: string, tx: Transaction): Promise<void>;
  /** From now on Bitbucket calls us, or no longer does. */
  onHearingChanged(workspace: string, tx: Transaction): Promise<void>;
  onDisconnected(workspace: string, tx: Transaction): Promise<void>;
  /** Puts down work of the door's: one job a kind and key, to be run now. Without a transaction it is a step of its own. */
  onWork(
    job: { readonly workspace: string; readonly kind: string; readonly key: string },
    tx?: Transaction,
  ): Promise<void>;
}

/** A job of a door, as those who do the work take it: done, or to be run again. Safe to repeat. */
export interface DoorJob {
  /** `proof`: whoever can send something puts such work down, so its lane is not that of the connected workspaces. */
  readonly lane: 'proof' | 'live';
  readonly neverGivenUp: { readonly longestPauseMs: number };
  /** Of work that comes back: how long it waits at most. */
  readonly everyMs?: number;
  run(job: { readonly workspace: string; readonly key: string }): Promise<'done' | { readonly againAt: Instant }>;
}

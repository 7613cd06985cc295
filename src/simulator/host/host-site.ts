import { send } from '../http-exchange';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Simulator } from '../simulator';

/** Bitbucket's site as far as an app is shown in it. */
export class HostSite {
  constructor(private readonly simulator: Simulator) {}

  async answer(_request: IncomingMessage, response: ServerResponse): Promise<void> {
    send(response, { status: 404, body: `Not Found ${this.simulator.url}` });
  }
}

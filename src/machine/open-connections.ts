import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/**
 * The connections of a server with what is being answered on each, so that it can end without cutting an answer off.
 * Node's own `close` takes a connection for idle as soon as its answer was handed over, however much of it is still to
 * be sent, and leaves one that is kept alive open for seconds.
 */
export class OpenConnections {
  readonly #server: Server;
  readonly #answering = new Map<Socket, Set<ServerResponse>>();
  #isLeaving = false;
  #isClosing = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#answering.set(socket, new Set());
      socket.once('close', () => this.#answering.delete(socket));
    });
  }

  /** To be told of each request as it comes. */
  note({ socket }: IncomingMessage, response: ServerResponse): void {
    const answers = this.#answering.get(socket);
    answers?.add(response);
    if (this.#isLeaving) response.setHeader('connection', 'close');
    response.once('close', () => {
      answers?.delete(response);
      if (this.#isClosing) this.#closeIfQuiet(socket);
    });
  }

  /** From now on each answer is the last of its connection, also where the request has come already. */
  leave(): void {
    this.#isLeaving = true;
    for (const answers of this.#answering.values()) {
      for (const response of answers) if (!response.headersSent) response.setHeader('connection', 'close');
    }
  }

  /** Takes no connection any more, and closes those on which nothing is being answered; resolves when none is left. */
  close(): Promise<void> {
    this.leave();
    return new Promise((resolve) => {
      // Not that of Node's HTTP server, see above. An error says that it does not listen any more.
      NetServer.prototype.close.call(this.#server, () => resolve());
      // After a whole turn: what has come is read first, for whoever is hung up on while asking is cut off.
      setImmediate(() => setImmediate(() => this.#closeQuiet()));
    });
  }

  /** Whoever is still being answered has waited for too long. */
  cut(): void {
    for (const socket of [...this.#answering.keys()]) socket.destroy();
  }

  #closeQuiet(): void {
    this.#isClosing = true;
    for (const socket of [...this.#answering.keys()]) this.#closeIfQuiet(socket);
  }

  #closeIfQuiet(socket: Socket): void {
    if (this.#answering.get(socket)?.size === 0) socket.destroy();
  }
}

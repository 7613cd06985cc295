import { serve } from './serve';

/** `npm start`: what `drumbeat serve` does. */
serve((url) => {
  process.stdout.write(`Drumbeat listens at ${url}\n`);
});

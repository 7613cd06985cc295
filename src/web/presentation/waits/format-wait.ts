import { formatDuration } from '../format/durations';

const [minute, hour, day] = [60, 3_600, 86_400];

/**
 * How long something waits, as exactly as it matters: "54 d", "4 d 1 h", "13 h", "25 min".
 * @param seconds not negative
 */
export function formatWait(seconds: number): string {
  const unit = seconds >= 10 * day ? day : seconds >= hour ? hour : minute;
  return seconds < minute ? formatDuration(Math.round(seconds)) : formatDuration(Math.round(seconds / unit) * unit);
}

/** A moment as people say it: "today, 14:05", "yesterday, 09:30", "3 Mar, 17:20", "3 Mar 2025". */
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

export function whenText(at: number, now = Date.now()): string {
  const days = Math.round((dayOf(now) - dayOf(at)) / 86_400_000);
  if (days === 0) return `today, ${clock.format(at)}`;
  if (days === 1) return `yesterday, ${clock.format(at)}`;
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? `${day.format(at)}, ${clock.format(at)}`
    : date.format(at);
}

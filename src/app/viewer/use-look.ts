/** A window of a stored value, asked for again whenever the request changes; the last answer stays until there is a newer one. */
import { useEffect, useState } from 'react';
import type { ContentKey } from '../../core/ids';
import { useSession } from '../../editor/hooks';
import type { LookOf, LookRequest } from '../../kit/look';

export interface ResultAt {
  readonly resultKey: ContentKey;
  readonly port: string;
}

export interface LookState<R extends LookRequest> {
  readonly look: LookOf<R> | null;
  /** gone: the value is no longer in the store. */
  readonly state: 'loading' | 'ready' | 'gone';
}

export function useLook<R extends LookRequest>({ resultKey, port }: ResultAt, request: R): LookState<R> {
  const { client } = useSession();
  const [answer, setAnswer] = useState<LookState<R>>({ look: null, state: 'loading' });
  const asked = JSON.stringify(request);
  useEffect(() => {
    let current = true;
    setAnswer(({ look }) => ({ look, state: 'loading' }));
    client.look(resultKey, port, JSON.parse(asked) as R).then(
      (look) => current && setAnswer({ look, state: look ? 'ready' : 'gone' }),
      () => current && setAnswer({ look: null, state: 'gone' }),
    );
    return () => {
      current = false;
    };
  }, [client, resultKey, port, asked]);
  return answer;
}

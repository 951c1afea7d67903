/** The whole page around one session: theme, layout, dialogs, notices, keys and drops. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { SessionContext } from '../editor/hooks';
import type { EditorSession } from '../editor/session';
import { ColourSchemeProvider } from '../panels/colour-scheme';
import { Dialogs } from './dialogs/Dialogs';
import { useClipboard } from './hooks/use-clipboard';
import { useDrops } from './hooks/use-drops';
import { usePageTitle } from './hooks/use-page-title';
import { useShortcuts } from './hooks/use-shortcuts';
import { Layout } from './layout/Layout';
import { LiveRegion, NoticeStack } from './layout/NoticeStack';
import { cssVariables, theme } from './theme/theme';

const colorScheme = localStorageColorSchemeManager({ key: 'spikeloom.color-scheme' });

export function App({ session }: { session: EditorSession }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorScheme}
    >
      <SessionContext value={session}>
        <ColourSchemeProvider>
          <Page session={session} />
        </ColourSchemeProvider>
      </SessionContext>
    </MantineProvider>
  );
}

/** A leaf: in the page itself, every step of a run would draw everything again. */
function PageTitle() {
  usePageTitle();
  return null;
}

function Page({ session }: { session: EditorSession }) {
  useShortcuts(session);
  useClipboard(session);
  const dropping = useDrops(session);
  return (
    <>
      <PageTitle />
      <Layout dropping={dropping} />
      <Dialogs />
      <NoticeStack />
      <LiveRegion />
    </>
  );
}

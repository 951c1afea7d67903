/** The look in one place for Mantine: one accent, a dense type scale, small radii. Colours of our own surfaces are in tokens.css. */
import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  Tooltip,
} from '@mantine/core';
import { typeVariables } from '../../panels/type-scale';

/** The accent. Shade 7 on white and shade 4 on dark surfaces both pass 4.5:1 for text. */
const iris: MantineColorsTuple = [
  '#f0f0fe',
  '#dddefb',
  '#b9bbf5',
  '#9599f2',
  '#8a8ff5',
  '#6a6fe6',
  '#585ddb',
  '#4b50cf',
  '#3e43b4',
  '#333796',
];

/** From text to the darkest surface: Mantine's own controls on our dark surfaces. */
const dark: MantineColorsTuple = [
  '#e5e8ee',
  '#c9cfda',
  '#aab2c1',
  '#8e97a8',
  '#3a414f',
  '#2c313d',
  '#20242d',
  '#191c24',
  '#14161d',
  '#0f1116',
];

/** Mantine's own surfaces and texts take ours, which keep their contrast. */
const ours = {
  '--mantine-color-body': 'var(--sl-surface)',
  '--mantine-color-text': 'var(--sl-text)',
  '--mantine-color-dimmed': 'var(--sl-text-2)',
  '--mantine-color-placeholder': 'var(--sl-text-3)',
  '--mantine-color-default-border': 'var(--sl-line-strong)',
};
export const cssVariables: CSSVariablesResolver = () => ({ variables: typeVariables, light: ours, dark: ours });

/** Menus and dialogs come and go at once: a key pressed right after is already for what is then open, never for what fades out. */
const atOnce = { duration: 0 };

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 6 },
  colors: { iris, dark },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '16px' },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: {
    xs: 'var(--sl-font-caption)',
    sm: 'var(--sl-font-text)',
    md: 'var(--sl-font-title)',
    lg: 'var(--sl-font-heading)',
    xl: 'var(--sl-font-display)',
  },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: 'var(--sl-font-heading)' },
      h2: { fontSize: 'var(--sl-font-title)' },
      h3: { fontSize: 'var(--sl-font-text)' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 30 } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, withArrow: true, events: { hover: true, focus: true, touch: false } },
    }),
    Menu: Menu.extend({
      // The placeholder is no menu item, and the only child that a menu may not have; without it the first item has the focus.
      defaultProps: {
        shadow: 'md',
        withinPortal: true,
        withInitialFocusPlaceholder: false,
        transitionProps: atOnce,
      },
    }),
    Popover: Popover.extend({ defaultProps: { transitionProps: atOnce } }),
    Drawer: Drawer.extend({ defaultProps: { transitionProps: atOnce } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'md', transitionProps: atOnce },
      styles: { title: { fontSize: 'var(--sl-font-title)', fontWeight: 600 } },
    }),
    // Their <header> is no landmark of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
  },
});

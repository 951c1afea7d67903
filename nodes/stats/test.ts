/**
 * Statistical test of a paired difference: two sets of tables, or two groups of rows, joined item by item. The
 * definitions are in src/analysis/paired-bootstrap.ts and signed-rank.ts.
 */
import { refuse } from '../../src/core/validity';
import { defineNode, output, variadicInput } from '../../src/kit/define-node';
import { choice, integer, quantity, seed, text } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';

export default defineNode({
  type: 'stats.test',
  version: 1,
  title: 'Paired test',
  inputs: {
    first: variadicInput('table', 'First', 'Tables of the first condition: one wire for each replicate, in order.'),
    second: variadicInput(
      'table',
      'Second',
      'Tables of the second condition, in the same order. Without a wire, both conditions are groups of rows of the first.',
    ),
  },
  outputs: {
    table: output('table', 'Test', 'Means, difference, tests and verdict, then one row for each replicate.'),
    figure: output('figure', 'Figure', 'The difference in each replicate and in all, against the margin.'),
  },
  params: {
    value: text({ label: 'Compared column', help: 'The column whose values are compared.', default: 'psnr' }),
    on: text({
      label: 'Join by',
      help: 'The column that names the item: rows with the same value are a pair.',
      default: 'item',
    }),
    replicate: text({
      label: 'Replicate',
      help: 'The column that names the network or seed. Empty: each wire is one replicate.',
      default: '',
    }),
    group: text({
      label: 'Group column',
      help: 'Used where nothing is wired to the second input: the column that names the condition of a row.',
      default: '',
    }),
    firstGroup: text({ label: 'First group', help: 'Its value in the rows of the first condition.', default: '' }),
    secondGroup: text({ label: 'Second group', help: 'Its value in the rows of the second one.', default: '' }),
    whereColumn: text({
      label: 'Only rows where',
      help: 'A column that says which rows take part, such as the measure. Empty: all of them.',
      default: '',
      advanced: true,
    }),
    whereValue: text({
      label: 'is',
      help: 'Its value in the rows that take part.',
      default: '',
      advanced: true,
    }),
    margin: quantity('1', {
      label: 'Equivalence margin',
      help: 'In the unit of the column: 0.3 dB for PSNR. To be fixed before the data are seen.',
      min: 0,
      max: 1e6,
      step: 0.05,
      default: 0.3,
    }),
    items: choice({
      label: 'Items',
      help: 'How the bootstrap draws items once it has drawn replicates.',
      options: [
        { value: 'auto', label: 'As found', help: 'Shared where every replicate holds the same items, else own.' },
        { value: 'shared', label: 'Shared', help: 'The same draw of items in all replicates.' },
        { value: 'own', label: 'Own', help: 'A draw of its own in each replicate.' },
      ],
      default: 'auto',
      advanced: true,
    }),
    resamples: integer({
      label: 'Bootstrap resamples',
      help: 'For intervals and equivalence. 0 leaves them out.',
      min: 0,
      max: 100_000,
      step: 1000,
      default: 5000,
      advanced: true,
    }),
    seed: seed({ help: 'Of the bootstrap.', advanced: true }),
  },
  numerics: 'exact',
  docs: {
    summary: 'Tests whether two conditions differ, or are equivalent, on the same items.',
    description: [
      'Rows of both conditions are joined by replicate and item; the difference is first less second. A replicate is what would be drawn anew in another experiment, such as the network: its seed, not the image, decides how sure a comparison of networks is. The estimate is the mean over replicates of the mean over items, and every replicate has its own row and point.',
      'The interval comes from a hierarchical bootstrap: replicates drawn with replacement, then items. Items that all replicates share, such as the same test images, are drawn once for all of them. With one replicate only items are drawn, and nothing is said about other networks. With fewer than about ten replicates a bootstrap interval is too narrow: by 1 - sqrt(1 - 1/R) of its part from replicates, 9 % for six; the t interval, which takes the mean of each replicate as one measurement, is then the one to go by.',
      'Equivalence is two one-sided tests at 5 %: it is shown when the 90 % interval lies within the margin, which must be fixed beforehand. A difference is shown when the 95 % interval leaves out 0. The verdict says so where fewer than six replicates make it uncertain. Both can hold at once (a real but negligible difference), and neither (undecided).',
      'The signed-rank test is given over replicates (their mean differences) and over items (each item its mean over replicates). It is exact up to 25 differences, ties included; with R replicates no p can be below 2^(1 - R). The one over items speaks about other images in the same networks.',
      'One row of a summary can be compared over replicates: choose its rows by a column (measure is gaussian bound) and join by that column.',
      'Pairs with an empty or infinite value are left out and counted, as are rows without a partner.',
    ],
    equations: [
      'd = \\frac{1}{R} \\sum_r \\frac{1}{n_r} \\sum_i (x_{ri} - y_{ri})',
      'W^+ = \\sum_{i: d_i > 0} \\mathrm{rank}\\,|d_i|',
      '\\text{equivalent: } [q_{0.05}, q_{0.95}] \\subset (-m, m)',
    ],
    references: [
      'A. C. Davison, D. V. Hinkley (1997), Bootstrap Methods and their Application, section 3.8: hierarchical data.',
      'A. B. Owen (2007), The pigeonhole bootstrap, Ann. Appl. Stat. 1:386-411.',
      'F. Wilcoxon (1945), Individual comparisons by ranking methods, Biometrics Bull. 1:80-83.',
      'D. J. Schuirmann (1987), A comparison of the two one-sided tests procedure and the power approach, J. Pharmacokinet. Biopharm. 15:657-680.',
    ],
    keywords: ['paired', 'Wilcoxon', 'bootstrap', 'hierarchical', 'equivalence', 'TOST', 'difference', 'compare'],
  },
  keyInfo: (p) => `${p.value}, margin ${p.margin}`,
  infer({ first, second }, p) {
    if (second.length > 0 && first.length !== second.length) {
      const reason = `${first.length} tables meet ${second.length}: each replicate needs one of both conditions.`;
      const cure = 'Wire as many tables to both inputs, or none to the second and name a group column.';
      if (p.replicate === '') return { ...refuse('stats.unequal', reason, cure), port: 'second' };
    }
    if (first.length > 0 && second.length === 0 && p.group === '') {
      const reason = 'There is nothing to compare with.';
      return { ...refuse('stats.one-side', reason, 'Wire a second table, or name a group column.'), port: 'second' };
    }
    if (second.length === 0 && p.group !== '' && p.firstGroup === p.secondGroup) {
      const reason = `Both conditions are the group "${p.firstGroup}".`;
      return { ...refuse('stats.same-group', reason, 'Name two groups.'), param: 'secondGroup' };
    }
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'difference, tests, replicates' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'differences against the margin' },
      },
    };
  },
  compute: () => import('./test.compute'),
});

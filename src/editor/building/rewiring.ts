/** Changing wires that are there: leading them through points, moving those of an output, cutting, healing. */
import type { Position } from '../../document/schema';
import type { Command } from '../../graph/commands';
import { graphIndex } from '../../graph/graph-index';
import { removeAndHeal } from '../../graph/splice';
import { dotKey, readObjectKey } from '../object-keys';
import { type BuildingParts, countOf, documentIn } from './parts';

interface PortPlace {
  readonly node: string;
  readonly port: string;
}

export interface Rewiring {
  /** Leads a wire through a point, at that place among those it has. */
  reroute(wire: string, point: Position, place: number): void;
  /** Takes every wire off an input; false if it had none. */
  disconnectInput(input: PortPlace): boolean;
  /** All wires of one output to another one, in one step, or none. */
  moveOutput(from: PortPlace, to: PortPlace): boolean;
  /** Removes the selected nodes and joins what they stood between; false without any. */
  healSelection(): boolean;
  /** Removes whatever is selected, in one step; false when nothing is. */
  removeSelection(): boolean;
}

export function createRewiring(parts: BuildingParts): Rewiring {
  const { catalogue, documents, edits, notices, selection } = parts;

  return {
    reroute(wire, point, place) {
      const via = [...(graphIndex(documentIn(parts)).wires.get(wire)?.via ?? [])];
      via.splice(place, 0, { x: Math.round(point.x), y: Math.round(point.y) });
      if (!edits.run({ type: 'set-via', wire, via })) return;
      selection.set([], [], [dotKey(wire, place)]);
      notices.announce('The wire has a reroute here. Drag it, or press Delete to remove it.');
    },
    disconnectInput({ node, port }) {
      const ids = documentIn(parts).wires.flatMap(({ id, to }) => (to.node === node && to.port === port ? [id] : []));
      if (ids.length === 0 || !edits.run({ type: 'disconnect', ids })) return false;
      notices.announce(`Disconnected ${countOf(ids.length, 'wire')} from ${documents.nameOf(node)}.`);
      return true;
    },
    moveOutput(from, to) {
      const moved = documentIn(parts).wires.filter(({ from: end }) => end.node === from.node && end.port === from.port);
      if (moved.length === 0 || (from.node === to.node && from.port === to.port)) return false;
      const commands: Command[] = [
        { type: 'disconnect', ids: moved.map(({ id }) => id) },
        ...moved.map(
          (wire): Command => ({
            type: 'connect',
            wire: {
              from: to,
              to: { node: wire.to.node, port: wire.to.port },
              ...(wire.order === undefined ? {} : { order: wire.order }),
            },
          }),
        ),
      ];
      const what = countOf(moved.length, 'wire');
      if (!edits.run({ type: 'batch', label: `Move ${what} to another output`, commands })) return false;
      notices.announce(`Moved ${what} to ${documents.nameOf(to.node)}.`);
      return true;
    },
    healSelection() {
      const { nodes } = selection.store.getState();
      if (nodes.size === 0) return false;
      const { label, commands } = removeAndHeal(documentIn(parts), catalogue, [...nodes]);
      const done = edits.run({ type: 'batch', label, commands });
      if (done) notices.announce(`${done.label}.`);
      return true;
    },
    removeSelection() {
      const { nodes, wires, objects } = selection.store.getState();
      if (objects.size === 0) {
        if (nodes.size + wires.size === 0) return false;
        edits.remove(nodes, wires);
        return true;
      }
      const commands = removalOf(nodes, wires, objects);
      const count = nodes.size + wires.size + objects.size;
      const label = count === 1 ? onlyLabel([...objects][0] ?? '') : `Remove ${count} objects`;
      const done = edits.run({ type: 'batch', label, commands });
      if (done) notices.announce(`${done.label}.`);
      return true;
    },
  };

  function removalOf(
    nodes: ReadonlySet<string>,
    wires: ReadonlySet<string>,
    objects: ReadonlySet<string>,
  ): readonly Command[] {
    const keys = [...objects].flatMap((key) => readObjectKey(key) ?? []);
    const all = graphIndex(documentIn(parts)).wires;
    const stays = (id: string): boolean => {
      const wire = all.get(id);
      return wire !== undefined && !nodes.has(wire.from.node) && !nodes.has(wire.to.node);
    };
    const dots = keys.flatMap((key) => (key.kind === 'dot' && !wires.has(key.id) && stays(key.id) ? [key] : []));
    const commands: Command[] = [...new Set(dots.map(({ id }) => id))].map((wire) => ({
      type: 'set-via',
      wire,
      via: (all.get(wire)?.via ?? []).filter((_, place) => !dots.some((dot) => dot.id === wire && dot.place === place)),
    }));
    const ids = [...wires].filter(stays);
    if (ids.length > 0) commands.push({ type: 'disconnect', ids });
    if (nodes.size > 0) commands.push({ type: 'remove-nodes', ids: [...nodes] });
    const named = (kind: 'frame' | 'note') => keys.flatMap((key) => (key.kind === kind ? [key.id] : []));
    commands.push({ type: 'remove-objects', frames: named('frame'), notes: named('note') });
    return commands;
  }
}

function onlyLabel(key: string): string {
  const kind = readObjectKey(key)?.kind;
  return kind === 'dot' ? 'Remove the reroute' : `Remove the ${kind ?? 'object'}`;
}

/**
 * The page's own database, as the page sees it: documents with a log of every command, restore points, run records,
 * imported files and settings. Nothing here can be computed again, so nothing is ever evicted, and every write is
 * committed before its promise resolves. Commands and run records are opaque JSON. Opened by open-library.ts; a worker
 * reads imported files through asset-reader.ts and nothing else.
 */
import type { JsonObject, JsonValue } from '../core/canonical-json';

export interface DocumentHead {
  readonly id: string;
  readonly title: string;
  /** ms since 1970. */
  readonly created: number;
  readonly updated: number;
  /** "Study/Balanced"; empty: in no folder. */
  readonly folder: string;
  /** When it was deleted, ms since 1970; null while it was not. A deleted document can be brought back for a while. */
  readonly discarded: number | null;
}
export interface LibraryDocument extends DocumentHead {
  /** The pipeline file as text, at the last snapshot. */
  readonly text: string;
}

export interface LogEntry {
  /** Ascending within a document, without reuse. */
  readonly sequence: number;
  readonly at: number;
  /** What the page appended: a command with its inverse. */
  readonly entry: JsonValue;
}
/** Everything needed to stand where the last gesture left off. */
interface Recovery {
  readonly head: DocumentHead;
  readonly text: string;
  /** Entries already contained in `text`, oldest first: history for undo, at most `historyKept`. */
  readonly history: readonly LogEntry[];
  /** Entries to apply to `text`, oldest first. */
  readonly pending: readonly LogEntry[];
}

export interface RestorePointHead {
  readonly id: string;
  readonly documentId: string;
  readonly at: number;
  readonly label: string;
  /** Made by itself: the first to go when there are too many. */
  readonly automatic: boolean;
}
export interface RestorePoint extends RestorePointHead {
  readonly text: string;
}

/** What a run was and gave. Written once, never changed. */
export interface RunRecord {
  readonly id: string;
  readonly documentId: string;
  /** Hash of the document that ran, without its positions. */
  readonly documentHash: string;
  /** The pipeline that ran, as a file; records made before this was kept lack both. */
  readonly title?: string;
  readonly text?: string;
  /** ms since 1970, and duration in ms. */
  readonly started: number;
  readonly ms: number;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  readonly backend: JsonObject | null;
  /** Seeds used, by "node.param". */
  readonly seeds: Readonly<Record<string, number>>;
  /** Per node: state, reason, key, ms, error. */
  readonly nodes: Readonly<Record<string, JsonObject>>;
  /** Metric tables by "node.port". */
  readonly metrics: Readonly<Record<string, JsonValue>>;
  /** Versions of the program and its numeric parts. */
  readonly versions: Readonly<Record<string, string>>;
}

/** An imported file, by the hash of its bytes: what a parameter holds. */
export interface AssetReference {
  readonly name: string;
  readonly hash: string;
  readonly bytes: number;
}
export interface AssetHead extends AssetReference {
  readonly type: string;
  readonly added: number;
}
/** A File, or anything that has a name and bytes. */
export interface NamedBytes {
  readonly name: string;
  readonly type?: string;
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface Library {
  readonly kind: 'indexeddb' | 'memory';
  /** Why work will not outlive this tab, or what went wrong last; null while all is well. */
  readonly notice: string | null;
  onNotice(listener: (message: string) => void): () => void;

  readonly documents: {
    /** Latest first. Deleted ones are in `listDiscarded`. */
    list(): Promise<readonly DocumentHead[]>;
    listDiscarded(): Promise<readonly DocumentHead[]>;
    open(id: string): Promise<LibraryDocument | null>;
    /**
     * Writes a snapshot and marks the log up to `through` (default: all of it) as contained in it, in one transaction.
     * Older history is thinned. Call it on opening, on closing and every 50 commands or so.
     */
    save(
      document: { readonly id: string; readonly title: string; readonly text: string },
      through?: number,
    ): Promise<DocumentHead>;
    /** What it belongs to in lists; leaves the document itself alone. */
    move(id: string, folder: string): Promise<void>;
    /** Deleted, and back again: nothing of it is lost in between. */
    discard(id: string): Promise<void>;
    bringBack(id: string): Promise<void>;
    /** For good, with its log and restore points; run records and files stay. */
    remove(id: string): Promise<void>;
  };
  readonly log: {
    /** Committed when it resolves, in call order. Resolves to the sequence number. */
    append(documentId: string, entry: JsonValue): Promise<number>;
  };
  recover(documentId: string): Promise<Recovery | null>;
  readonly points: {
    /** An automatic point equal in text to the latest point is not written again. */
    add(point: {
      readonly documentId: string;
      readonly label: string;
      readonly text: string;
      readonly automatic: boolean;
      /** When it was made, if not now; never before the latest. */
      readonly at?: number;
    }): Promise<RestorePointHead>;
    /** Latest first. */
    list(documentId: string): Promise<readonly RestorePointHead[]>;
    open(id: string): Promise<RestorePoint | null>;
    remove(id: string): Promise<void>;
  };
  readonly runs: {
    /** Refuses (CacheError) an id that is taken: records are immutable. */
    add(record: RunRecord): Promise<void>;
    /** Latest first. */
    list(documentId?: string, limit?: number): Promise<readonly RunRecord[]>;
    open(id: string): Promise<RunRecord | null>;
    /** Ids of the runs that are kept whatever happens. The records themselves never change. */
    pinned(): Promise<ReadonlySet<string>>;
    setPinned(id: string, pinned: boolean): Promise<void>;
    /** Refuses (CacheError) a pinned one. */
    remove(id: string): Promise<void>;
  };
  readonly assets: {
    /** The same bytes are kept once, whatever their name. */
    put(file: NamedBytes): Promise<AssetReference>;
    list(): Promise<readonly AssetHead[]>;
    /** Null when it is not there or its bytes no longer match the hash. */
    read(hash: string): Promise<Uint8Array | null>;
    remove(hash: string): Promise<void>;
  };
  readonly settings: {
    get(name: string): Promise<JsonValue | null>;
    set(name: string, value: JsonValue): Promise<void>;
  };

  /** Whether this tab may write the document. "taken": another tab has it, so fork it or show it read-only. */
  claim(documentId: string): Promise<'owner' | 'taken'>;
  /** Resolves to true once this tab has the document, after the other has closed or let go; false when `signal` ends it. */
  claimLater(documentId: string, signal: AbortSignal): Promise<boolean>;
  release(documentId: string): void;
  /** Asks the browser not to clear this site's data by itself. */
  requestPersistence(): Promise<boolean>;
  close(): void;
}

/** What the palette puts on a drag and the canvas takes from it: a node type. */
export const nodeDragType = 'application/x-spikeloom-node';

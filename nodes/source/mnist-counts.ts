/** How many images of each digit MNIST has, so that a count that cannot be met is refused before a run. */
export const mnistCounts = {
  train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
  test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
} as const;

/** Ids of the test file follow those of the training file. */
export const firstTestId = 60_000;

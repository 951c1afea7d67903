/**
 * The numbers of the report that this study repeats, as its documents give them: PSNR in dB and SSIM over a batch of
 * test images, the average test loss, and single examples. What is absent was not given.
 */
export interface SeedCase {
  readonly psnr: { readonly mean: number; readonly median: number; readonly range: readonly [number, number] };
  readonly ssim?: { readonly mean: number; readonly median: number; readonly range: readonly [number, number] };
  readonly testLoss: number;
  readonly example: { readonly psnr: number; readonly ssim?: number };
}

export const seed: Readonly<
  Record<'unet' | 'vae' | 'cifar', { readonly balanced: SeedCase; readonly unbalanced: SeedCase }>
> = {
  unet: {
    balanced: {
      psnr: { mean: 29.6532, median: 29.4535, range: [26.92, 32.06] },
      ssim: { mean: 0.9835, median: 0.9848, range: [0.9779, 0.9889] },
      testLoss: 0.0105,
      example: { psnr: 31.2511, ssim: 0.983865 },
    },
    unbalanced: {
      psnr: { mean: 28.732, median: 29.2134, range: [26.13, 32.0] },
      ssim: { mean: 0.9822, median: 0.9843, range: [0.9718, 0.9886] },
      testLoss: 0.0186,
      example: { psnr: 30.1942, ssim: 0.985945 },
    },
  },
  vae: {
    balanced: {
      psnr: { mean: 21.0218, median: 19.9632, range: [18.89, 28.37] },
      ssim: { mean: 0.8856, median: 0.8807, range: [0.8042, 0.9687] },
      testLoss: 0.0364,
      example: { psnr: 28.3665, ssim: 0.968712 },
    },
    unbalanced: {
      psnr: { mean: 20.9874, median: 18.8574, range: [15.88, 29.07] },
      ssim: { mean: 0.8777, median: 0.8702, range: [0.7755, 0.9836] },
      testLoss: 0.0227,
      example: { psnr: 24.4328, ssim: 0.937802 },
    },
  },
  cifar: {
    balanced: {
      psnr: { mean: 19.0059, median: 18.7384, range: [16.73, 24.46] },
      testLoss: 0.0212,
      example: { psnr: 24.4605 },
    },
    unbalanced: {
      psnr: { mean: 18.0818, median: 17.4775, range: [15.5, 21.56] },
      testLoss: 0.0363,
      example: { psnr: 21.5649 },
    },
  },
};

/** The catalogue: every node type of this version. Only the page, the scheduler's worker and the command line read it. */
import { createCatalogue } from '../src/kit/define-node';
import balance from './analysis/balance';
import linearity from './analysis/linearity';
import regimeMap from './analysis/regime-map';
import stepResponse from './analysis/step-response';
import tracking from './analysis/tracking';
import trials from './analysis/trials';
import balancedSnn from './encoder/balanced-snn';
import poisson from './encoder/poisson';
import predict from './learn/predict';
import train from './learn/train';
import imageQuality from './metric/image-quality';
import mlp from './model/mlp';
import unet from './model/unet';
import images from './source/images';
import readout from './spikes/readout';

export const catalogue = createCatalogue([
  images,
  balancedSnn,
  poisson,
  readout,
  mlp,
  unet,
  train,
  predict,
  imageQuality,
  linearity,
  tracking,
  stepResponse,
  balance,
  trials,
  regimeMap,
]);

/** The catalogue: every node type of this version. Only the page, the scheduler's worker and the command line read it. */
import { createCatalogue } from '../src/kit/define-node';
import balance from './analysis/balance';
import connectivity from './analysis/connectivity';
import currents from './analysis/currents';
import latent from './analysis/latent';
import linearity from './analysis/linearity';
import regimeMap from './analysis/regime-map';
import spikeStatistics from './analysis/spike-statistics';
import stepResponse from './analysis/step-response';
import tracking from './analysis/tracking';
import trials from './analysis/trials';
import balancedSnn from './encoder/balanced-snn';
import poisson from './encoder/poisson';
import classify from './learn/classify';
import predict from './learn/predict';
import train from './learn/train';
import classification from './metric/classification';
import imageQuality from './metric/image-quality';
import information from './metric/information';
import autoencoder from './model/autoencoder';
import linear from './model/linear';
import mlp from './model/mlp';
import ridge from './model/ridge';
import unet from './model/unet';
import vae from './model/vae';
import drive from './source/drive';
import images from './source/images';
import modelFile from './source/model';
import readout from './spikes/readout';
import transform from './spikes/transform';
import pairedTest from './stats/test';
import meanField from './theory/mean-field';
import compare from './view/compare';

export const catalogue = createCatalogue([
  images,
  drive,
  modelFile,
  balancedSnn,
  poisson,
  readout,
  transform,
  mlp,
  unet,
  vae,
  autoencoder,
  linear,
  ridge,
  train,
  predict,
  classify,
  imageQuality,
  classification,
  information,
  pairedTest,
  meanField,
  spikeStatistics,
  currents,
  connectivity,
  linearity,
  tracking,
  stepResponse,
  balance,
  trials,
  regimeMap,
  compare,
  latent,
]);

import type { Shape } from '../../size';
import type { Palette } from '../palette';
import { drawDunes } from './dunes';
import { drawOrbits } from './orbits';
import { drawRibbons } from './ribbons';
import { drawTiles } from './tiles';

export type Scene = (shape: Shape, palette: Palette, random: () => number) => string;

export const SCENES: readonly Scene[] = [drawDunes, drawOrbits, drawRibbons, drawTiles];

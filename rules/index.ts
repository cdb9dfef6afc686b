import type { Rule } from '../src/rule/rule.ts';
import { permissiveMtls } from './mtls/permissive-mtls.ts';
import { unreachableRoute } from './routes/unreachable-route.ts';
import { subsetNotFound } from './subsets/subset-not-found.ts';
import { duplicateResource } from './validity/duplicate-resource.ts';
import { invalidYaml } from './validity/invalid-yaml.ts';
import { schemaViolation } from './validity/schema-violation.ts';
import { weightMissing } from './weights/weight-missing.ts';
import { weightSum } from './weights/weight-sum.ts';
import { weightTotalZero } from './weights/weight-total-zero.ts';

/** Every rule, one line each, sorted by id. */
export const rules: readonly Rule[] = [
  duplicateResource,
  invalidYaml,
  permissiveMtls,
  schemaViolation,
  subsetNotFound,
  unreachableRoute,
  weightMissing,
  weightSum,
  weightTotalZero,
];

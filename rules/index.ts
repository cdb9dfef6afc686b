import type { Rule } from '../src/rule/rule.ts';
import { authorizationAllowsAnyone } from './authorization/authorization-allows-anyone.ts';
import { authorizationWithoutSource } from './authorization/authorization-without-source.ts';
import { denyAllLockout } from './authorization/deny-all-lockout.ts';
import { denyWidenedOnTcp } from './authorization/deny-widened-on-tcp.ts';
import { denyWithoutEffect } from './authorization/deny-without-effect.ts';
import { foreignTrustDomain } from './authorization/foreign-trust-domain.ts';
import { negativeOnlySource } from './authorization/negative-only-source.ts';
import { overbroadPrincipals } from './authorization/overbroad-principals.ts';
import { plaintextBypassesPolicy } from './authorization/plaintext-bypasses-policy.ts';
import { policySelectsNothing } from './authorization/policy-selects-nothing.ts';
import { principalCrossesNamespaces } from './authorization/principal-crosses-namespaces.ts';
import { principalNeverMatches } from './authorization/principal-never-matches.ts';
import { ruleWithoutEffect } from './authorization/rule-without-effect.ts';
import { sourceNeedsMtls } from './authorization/source-needs-mtls.ts';
import { sourceReliesOnDestinationRules } from './authorization/source-relies-on-destination-rules.ts';
import { wholeNamespaceSource } from './authorization/whole-namespace-source.ts';
import { suppressionWithoutReason } from './hygiene/suppression-without-reason.ts';
import { unknownSuppression } from './hygiene/unknown-suppression.ts';
import { unusedSuppression } from './hygiene/unused-suppression.ts';
import { credentialWithoutSelector } from './mtls/credential-without-selector.ts';
import { mtlsConflict } from './mtls/mtls-conflict.ts';
import { mtlsPortNotFound } from './mtls/mtls-port-not-found.ts';
import { mtlsPortOfService } from './mtls/mtls-port-of-service.ts';
import { mtlsRefused } from './mtls/mtls-refused.ts';
import { peerAuthenticationIgnored } from './mtls/peer-authentication-ignored.ts';
import { peerAuthenticationOrder } from './mtls/peer-authentication-order.ts';
import { permissiveMtls } from './mtls/permissive-mtls.ts';
import { plaintextByDefault } from './mtls/plaintext-by-default.ts';
import { plaintextToStrictMesh } from './mtls/plaintext-to-strict-mesh.ts';
import { tlsSettingsErased } from './mtls/tls-settings-erased.ts';
import { gatewayNotFound } from './references/gateway-not-found.ts';
import { hostNotFound } from './references/host-not-found.ts';
import { portNotFound } from './references/port-not-found.ts';
import { catchAllMissing } from './routes/catch-all-missing.ts';
import { gatewayRouteOrder } from './routes/gateway-route-order.ts';
import { hostRoutedTwice } from './routes/host-routed-twice.ts';
import { partlyUnreachableRoute } from './routes/partly-unreachable-route.ts';
import { routeWithoutAction } from './routes/route-without-action.ts';
import { unreachableRoute } from './routes/unreachable-route.ts';
import { subsetDefinedTwice } from './subsets/subset-defined-twice.ts';
import { subsetDuplicate } from './subsets/subset-duplicate.ts';
import { subsetHidden } from './subsets/subset-hidden.ts';
import { subsetNotFound } from './subsets/subset-not-found.ts';
import { subsetUnused } from './subsets/subset-unused.ts';
import { subsetWithoutWorkloads } from './subsets/subset-without-workloads.ts';
import { unusedSubsetWithoutWorkloads } from './subsets/unused-subset-without-workloads.ts';
import { duplicateResource } from './validity/duplicate-resource.ts';
import { invalidYaml } from './validity/invalid-yaml.ts';
import { notInStandardChannel } from './validity/not-in-standard-channel.ts';
import { schemaViolation } from './validity/schema-violation.ts';
import { destinationRepeated } from './weights/destination-repeated.ts';
import { negativeWeight } from './weights/negative-weight.ts';
import { weightMissing } from './weights/weight-missing.ts';
import { weightSum } from './weights/weight-sum.ts';
import { weightTotalZero } from './weights/weight-total-zero.ts';
import { weightWithoutEffect } from './weights/weight-without-effect.ts';

/** Every rule, one line each, sorted by id. */
export const rules: readonly Rule[] = [
  authorizationAllowsAnyone,
  authorizationWithoutSource,
  catchAllMissing,
  credentialWithoutSelector,
  denyAllLockout,
  denyWidenedOnTcp,
  denyWithoutEffect,
  destinationRepeated,
  duplicateResource,
  foreignTrustDomain,
  gatewayNotFound,
  gatewayRouteOrder,
  hostNotFound,
  hostRoutedTwice,
  invalidYaml,
  mtlsConflict,
  mtlsPortNotFound,
  mtlsPortOfService,
  mtlsRefused,
  negativeOnlySource,
  negativeWeight,
  notInStandardChannel,
  overbroadPrincipals,
  partlyUnreachableRoute,
  peerAuthenticationIgnored,
  peerAuthenticationOrder,
  permissiveMtls,
  plaintextByDefault,
  plaintextBypassesPolicy,
  plaintextToStrictMesh,
  policySelectsNothing,
  portNotFound,
  principalCrossesNamespaces,
  principalNeverMatches,
  routeWithoutAction,
  ruleWithoutEffect,
  schemaViolation,
  sourceNeedsMtls,
  sourceReliesOnDestinationRules,
  subsetDefinedTwice,
  subsetDuplicate,
  subsetHidden,
  subsetNotFound,
  subsetUnused,
  subsetWithoutWorkloads,
  suppressionWithoutReason,
  tlsSettingsErased,
  unknownSuppression,
  unreachableRoute,
  unusedSubsetWithoutWorkloads,
  unusedSuppression,
  weightMissing,
  weightSum,
  weightTotalZero,
  weightWithoutEffect,
  wholeNamespaceSource,
];

import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { mtlsPortNotFound } from './mtls-port-not-found.ts';
import { deployment, policy, service } from './port-cases.test-support.ts';

testRule(it, mtlsPortNotFound, {
  'accepts a port to which a service leads': `${policy('9090')}${deployment('[{ containerPort: 8080 }]')}${service('{ port: 9090 }')}`,
  'takes pods that declare nothing as saying nothing': `${policy('9090')}${deployment('[]')}`,
  'leaves a port of the service to another rule': `${policy('80')}${deployment('[{ containerPort: 8080 }]')}${service('{ port: 80, targetPort: 8080 }')}`,
  'is silent where the pods are not in the input': policy('9090'),
});

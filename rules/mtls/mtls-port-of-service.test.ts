import { it } from 'vitest';
import { testRule } from '../../src/testing/test-rule.ts';
import { mtlsPortOfService } from './mtls-port-of-service.ts';
import { deployment, policy, service } from './port-cases.test-support.ts';

testRule(it, mtlsPortOfService, {
  'finds a service port whose target is named': `${policy('80', ' # warning(80): which leads to port 8080')}${deployment('[{ containerPort: 8080, name: web }]')}${service('{ port: 80, targetPort: web }')}`,
  'reports also where containers declare no ports': `${policy('80', ' # warning(80): which leads to port 8080')}${deployment('[]')}${service('{ port: 80, targetPort: 8080 }')}`,
  'accepts a port of a container': `${policy('8080')}${deployment('[{ containerPort: 8080 }]')}${service('{ port: 80, targetPort: 8080 }')}`,
  'accepts a port that is both': `${policy('8080')}${deployment('[{ containerPort: 8080 }]')}${service('{ port: 8080 }')}`,
  'accepts a port of another service that leads to it': `${policy('80')}${deployment('[{ containerPort: 8080 }]')}${service('{ port: 80, targetPort: 8080 }')}${service('{ port: 1234, targetPort: 80 }', 'other')}`,
  'leaves a port of neither to another rule': `${policy('9090')}${deployment('[{ containerPort: 8080 }]')}${service('{ port: 80, targetPort: 8080 }')}`,
  'is silent where the pods are not in the input': `${policy('80')}${service('{ port: 80, targetPort: 8080 }')}`,
});

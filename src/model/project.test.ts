import { expect, it } from 'vitest';
import type { Value } from '../yaml/value.ts';
import { project, type Shape } from './project.ts';

const shape: Shape = { metadata: { name: 0, labels: 0 }, spec: { ports: [{ port: 0 }], hosts: 0 }, data: 1 };

it('keeps the fields of the shape and no other', () => {
  const document = {
    metadata: { name: 'a', uid: 'x', labels: { app: 'a', any: 'b' } },
    spec: { ports: [{ port: 1, other: 2 }, { other: 3 }], hosts: ['a', { b: 1 }] },
    status: {},
  };
  expect(project(document, shape)).toEqual({
    metadata: { name: 'a', labels: { app: 'a', any: 'b' } },
    spec: { ports: [{ port: 1 }, {}], hosts: ['a', { b: 1 }] },
  });
});

it('keeps null, and what has another type than expected, for the validator to see', () => {
  const document = { metadata: null, spec: { ports: { port: 1 }, hosts: null }, data: 'text' };
  expect(project(document, shape)).toEqual(document);
  expect(project({ metadata: 'a', spec: [1], data: null }, shape)).toEqual({ metadata: 'a', spec: [1], data: null });
  expect(project('text', shape)).toBe('text');
});

it('holds the keys of secrets, not what they are', () => {
  expect(project({ data: { 'tls.key': 'c2VjcmV0', 'tls.crt': null } }, shape)).toEqual({ data: { 'tls.key': '', 'tls.crt': '' } });
});

it('takes nothing from a prototype, also not from a key that is called so', () => {
  const hostile = JSON.parse('{"__proto__": {"spec": {"hosts": ["evil"]}}, "constructor": 1, "data": {"__proto__": "x"}}') as Value;
  const kept = project(hostile, shape);
  expect(Object.keys(kept as object)).toEqual(['data']);
  expect(Object.keys((kept as { data: object }).data)).toEqual(['__proto__']);
});

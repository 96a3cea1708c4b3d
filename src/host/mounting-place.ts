import type { CallExpression, Class, Node, Statement } from '@babel/types';
import { type AppCreation, methodOf, nameOf } from './app-creation.ts';
import { contains, requiredModule, unwrap } from './syntax.ts';

/** What a name that a host imports stands for, as far as it can be told from the file it comes from. */
export type Role = 'routes' | 'middleware' | 'unknown';

/** Tells the role of what a module gives; `from` is the file that imports it. */
export type RoleOf = (module: string, from: string) => Role;

/** Where lines go in: before a statement, or after it. */
export interface MountingPlace {
  readonly statement: Statement;
  readonly side: 'before' | 'after';
  /** What every request has come by until then, in its order. */
  readonly passed: readonly Statement[];
}

/**
 * Finds where in a host something can be mounted so that every request reaches it: before the first statement that may
 * answer requests, and after the middleware that stands before that.
 *
 * @returns undefined where that cannot be told for certain.
 */
export function findMountingPlace(
  creation: AppCreation,
  roleOf: RoleOf,
): MountingPlace | undefined {
  const { receiver, owner, block, statement } = creation;
  if (receiver === undefined) return undefined;
  const search = new Search(creation, receiver, roleOf);
  if (receiver.startsWith('this.')) {
    if (owner === undefined) return undefined;
    const body = block?.body ?? methodOf(owner, 'constructor');
    if (body === undefined) return undefined;
    const isMember = block === undefined;
    return search.firstAnswering(isMember ? body : after(body, statement), owner);
  }
  if (block === undefined) return undefined;
  const rest = after(block.body, statement);
  const found = search.firstAnswering(rest, undefined);
  if (found !== undefined) return found;
  // Nothing here answers: the routes are mounted by who gets the application from here, and so later.
  const isHandedOn = contains(creation.file, (node) => isExportOf(node, receiver));
  if (block.type !== 'Program' || !isHandedOn) return undefined;
  const last = rest.findLast((one) => mentions(one, receiver)) ?? (statement as Statement);
  return { statement: last, side: 'after', passed: search.passed };
}

function after(body: readonly Statement[], statement: Node): readonly Statement[] {
  return body.slice(body.indexOf(statement as Statement) + 1);
}

class Search {
  readonly #creation: AppCreation;
  readonly #receiver: string;
  readonly #roleOf: RoleOf;
  readonly #seen = new Set<string>();
  readonly passed: Statement[] = [];

  constructor(creation: AppCreation, receiver: string, roleOf: RoleOf) {
    this.#creation = creation;
    this.#receiver = receiver;
    this.#roleOf = roleOf;
  }

  firstAnswering(
    statements: readonly Statement[],
    owner: Class | undefined,
  ): MountingPlace | undefined {
    for (const statement of statements) {
      if (isDeclaration(statement)) continue;
      const method = owner && methodCalled(statement);
      if (owner && method !== undefined && !this.#seen.has(method)) {
        this.#seen.add(method);
        const inside = this.firstAnswering(methodOf(owner, method) ?? [], owner);
        if (inside !== undefined) return inside;
        continue;
      }
      if (this.#mayAnswer(statement)) return { statement, side: 'before', passed: this.passed };
      this.passed.push(statement);
    }
    return undefined;
  }

  #mayAnswer(statement: Statement): boolean {
    if (!mentions(statement, this.#receiver)) return false;
    const call = callOf(statement);
    if (call === undefined) return !this.#isHarmless(statement);
    const method = methodOn(call, this.#receiver);
    if (method === undefined) return !this.#takesOnlyMiddleware(call);
    if (SETTINGS.has(method)) return false;
    return method !== 'use' || !call.arguments.every((argument) => this.#isMiddleware(argument));
  }

  /** What uses the application without anything being mounted by it. */
  #isHarmless(statement: Statement): boolean {
    if (statement.type === 'IfStatement') {
      const branches = [statement.consequent, statement.alternate ?? undefined];
      return branches.every(
        (branch) =>
          branch === undefined ||
          (branch.type === 'BlockStatement' ? branch.body : [branch]).every(
            (inner) => !this.#mayAnswer(inner),
          ),
      );
    }
    if (statement.type === 'ExpressionStatement') {
      const { expression } = statement;
      // app.locals.title = '…'
      return (
        expression.type === 'AssignmentExpression' &&
        (nameOf(expression.left) ?? '').startsWith(`${this.#receiver}.`) &&
        (isServer(unwrap(expression.right)) || !mentionsNode(expression.right, this.#receiver))
      );
    }
    if (statement.type !== 'VariableDeclaration') return false;
    return statement.declarations.every(({ init }) => {
      if (!init || !mentionsNode(init, this.#receiver)) return true;
      const value = unwrap(init);
      return (
        isServer(value) || (value.type === 'CallExpression' && isGetter(value, this.#receiver))
      );
    });
  }

  /** `app.use(…)` of what is known not to answer requests of others. */
  #isMiddleware(argument: Node): boolean {
    const value = unwrap(argument);
    const { start, end } = value;
    if (GATES.test(this.#creation.text.slice(start ?? 0, end ?? 0))) return false;
    if (value.type === 'StringLiteral' || value.type === 'TemplateLiteral') return false;
    if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression') {
      // What passes on is no end; four parameters are for errors, which end it.
      const next = value.params[2];
      return (
        value.params.length === 3 && next?.type === 'Identifier' && calls(value.body, next.name)
      );
    }
    const required = requiredIn(value);
    const name = required ?? rootOf(value);
    if (name === undefined) return false;
    const whole = nameOf(value.type === 'CallExpression' ? value.callee : value) ?? name;
    const module = required ?? this.#creation.bindings.modules.get(name);
    if (module === undefined) {
      const local = this.#declarationOf(name);
      if (local !== undefined && contains(local, isRouter)) return false;
      return !ROUTES.test(whole) && !ENDS.test(whole);
    }
    if (!/^[.~@#]\/|^\.\.?($|\/)|^#/.test(module)) {
      if (whole === 'express.static' || whole === 'express.Router')
        return whole !== 'express.Router';
      return !/swagger|graphql|apollo|serve-|proxy|Router$/i.test(`${module} ${whole}`);
    }
    const role = this.#roleOf(module, this.#creation.path);
    if (role === 'routes') return false;
    if (LOGGERS.test(`${module} ${whole}`)) return true;
    if (role === 'middleware') return !ENDS.test(whole);
    // What is passed by may shadow us; what we stand before cannot.
    const words = `${module} ${whole}`;
    return MIDDLEWARE.test(words) && !ROUTES.test(words) && !ENDS.test(whole);
  }

  /** `configure(app)`: only a name that promises it is believed. */
  #takesOnlyMiddleware(call: CallExpression): boolean {
    if (isServer(call)) return true;
    const name = nameOf(call.callee) ?? '';
    const root = rootOf(call.callee) ?? '';
    const module = this.#creation.bindings.modules.get(root) ?? '';
    const local = this.#declarationOf(root);
    if (local !== undefined && contains(local, isRouteCall)) return false;
    const words = `${module} ${name}`;
    return MIDDLEWARE.test(words) && !ROUTES.test(words) && !ENDS.test(words);
  }

  #declarationOf(name: string): Node | undefined {
    let found: Node | undefined;
    contains(this.#creation.file, (node) => {
      const isIt =
        (node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration') &&
        node.id?.type === 'Identifier' &&
        node.id.name === name;
      if (isIt) found = node;
      return isIt;
    });
    return found;
  }
}

const SETTINGS = new Set(['set', 'enable', 'disable', 'engine', 'on', 'once']);
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'route', 'options', 'head']);
const ROUTES = /rout|controller|endpoint|\bapis?\b|Api$|\bv\d+\b|swagger|docs/i;
const ENDS = /error|not_?found|404|catch_?all|fallback/i;
/** They refuse requests for want of what only signing in, or a page of the host's, would give. */
const GATES =
  /csrf|csurf|lusca|basic_?auth|require_?(auth|login|user)|authenticate\b|express_?jwt|\bjwt\(|verify_?(token|jwt)|(is|ensure)_?(auth|logged)|api_?key/i;
/** They hear of errors, and answer nothing. */
const LOGGERS = /morgan|logger|pino|winston/i;
const MIDDLEWARE =
  /middleware|secur|helmet|cors|logg|morgan|pars|passport|session|compress|metric|limit|view|setting|config(ure)?/i;

function isDeclaration({ type }: Statement): boolean {
  return /^(Function|Class|TS\w*|Import\w*|Enum)Declaration$|^TSInterface|^TSTypeAlias/.test(type);
}

/** The call that a statement is. */
function callOf(statement: Statement): CallExpression | undefined {
  if (statement.type !== 'ExpressionStatement') return undefined;
  const value = unwrap(statement.expression);
  return value.type === 'CallExpression' ? value : undefined;
}

/** `m` for `this.m()`. */
function methodCalled(statement: Statement): string | undefined {
  const call = callOf(statement);
  if (call?.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = call.callee;
  if (object.type !== 'ThisExpression') return undefined;
  if (property.type === 'Identifier') return property.name;
  return property.type === 'PrivateName' ? `#${property.id.name}` : undefined;
}

/** The first method that is called on the application, in a chain of calls. */
function methodOn(call: CallExpression, receiver: string): string | undefined {
  const { callee } = call;
  if (callee.type !== 'MemberExpression') return undefined;
  if (nameOf(callee.object) === receiver) {
    return callee.property.type === 'Identifier' ? callee.property.name : undefined;
  }
  const inner = unwrap(callee.object);
  if (inner.type !== 'CallExpression') return undefined;
  const first = methodOn(inner, receiver);
  // A chain of `use` may hold anything.
  return first === 'use' ? 'route' : first;
}

function isGetter(call: CallExpression, receiver: string): boolean {
  return methodOn(call, receiver) === 'get' && call.arguments.length === 1;
}

function isServer(node: Node): boolean {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  return /(^|\.)(createServer|createSecureServer|Server)$/.test(nameOf(node.callee) ?? '');
}

function isRouter(node: Node): boolean {
  return node.type === 'CallExpression' && /(^|\.)Router$/.test(nameOf(node.callee) ?? '');
}

function isRouteCall(node: Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { property } = node.callee;
  if (property.type !== 'Identifier' || node.arguments.length === 0) return false;
  const [first] = node.arguments;
  return VERBS.has(property.name) || (property.name === 'use' && first?.type === 'StringLiteral');
}

function isExportOf(node: Node, receiver: string): boolean {
  switch (node.type) {
    case 'ExportDefaultDeclaration':
      return nameOf(node.declaration) === receiver;
    case 'ExportSpecifier':
      return node.local.name === receiver;
    case 'ExportNamedDeclaration':
      return (
        node.declaration?.type === 'VariableDeclaration' &&
        node.declaration.declarations.some(({ id }) => nameOf(id) === receiver)
      );
    case 'AssignmentExpression':
      return (
        /^(module\.)?exports(\.|$)/.test(nameOf(node.left) ?? '') &&
        mentionsNode(node.right, receiver)
      );
    default:
      return false;
  }
}

function mentions(statement: Statement, receiver: string): boolean {
  return mentionsNode(statement, receiver);
}

function mentionsNode(node: Node, receiver: string): boolean {
  return contains(node, (inner) => {
    if (inner.type !== 'Identifier' && inner.type !== 'MemberExpression') return false;
    return nameOf(inner) === receiver;
  });
}

function calls(body: Node, name: string): boolean {
  return contains(
    body,
    (node) =>
      node.type === 'CallExpression' &&
      node.callee.type === 'Identifier' &&
      node.callee.name === name,
  );
}

/** The module in `require('x')`, `require('x').y` and `require('x')()`. */
function requiredIn(node: Node): string | undefined {
  const inner = unwrap(node);
  const module = requiredModule(inner);
  if (module !== undefined) return module;
  if (inner.type === 'MemberExpression') return requiredIn(inner.object);
  return inner.type === 'CallExpression' ? requiredIn(inner.callee) : undefined;
}

/** The name at the beginning of `a`, `a.b`, `a()` and `a.b().c()`. */
function rootOf(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'MemberExpression') return rootOf(inner.object);
  if (inner.type === 'CallExpression') return rootOf(inner.callee);
  return undefined;
}

// JSON schemas of the types that answers have, out of src/types/http.ts itself.
import { join } from 'node:path';
import ts from 'typescript';

export type Schema = Record<string, unknown>;

const FILE = join(__dirname, '..', '..', 'src', 'types', 'http.ts');

/** The exported types of the file, as schemas by their names. */
export function schemasOfTypes(): Record<string, Schema> {
  const program = ts.createProgram([FILE], { strict: true, target: ts.ScriptTarget.ES2022 });
  const source = program.getSourceFile(FILE) as ts.SourceFile;
  const reader = new Reader(program.getTypeChecker(), source);
  return Object.fromEntries(reader.names.map((name) => [name, reader.schemaOf(name)]));
}

class Reader {
  readonly #checker: ts.TypeChecker;
  readonly #declared: Map<string, ts.Symbol>;

  constructor(checker: ts.TypeChecker, source: ts.SourceFile) {
    this.#checker = checker;
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol);
    this.#declared = new Map(exported.map((symbol) => [symbol.name, symbol]));
  }

  get names(): string[] {
    return [...this.#declared.keys()].sort();
  }

  schemaOf(name: string): Schema {
    const symbol = this.#declared.get(name) as ts.Symbol;
    return { ...this.#documented(symbol), ...this.#inline(this.#checker.getDeclaredTypeOfSymbol(symbol)) };
  }

  #documented(symbol: ts.Symbol): Schema {
    const description = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)).replace(/\s+/g, ' ');
    return description === '' ? {} : { description };
  }

  #schema(type: ts.Type): Schema {
    const name = (type.aliasSymbol ?? type.symbol)?.name;
    const isWhole = name !== undefined && this.#declared.has(name) && (type.aliasTypeArguments?.length ?? 0) === 0;
    return isWhole ? { $ref: `#/components/schemas/${name}` } : this.#inline(type);
  }

  #inline(type: ts.Type): Schema {
    if (type.isUnion()) return this.#union(type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined)));
    if (type.isStringLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (this.#checker.isArrayType(type)) {
      const [item] = this.#checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: this.#schema(item as ts.Type) };
    }
    return this.#object(type);
  }

  #union(types: ts.Type[]): Schema {
    const [only] = types;
    if (types.length === 1) return this.#schema(only as ts.Type);
    if (types.every((type) => type.flags & ts.TypeFlags.BooleanLike)) return { type: 'boolean' };
    if (types.every((type) => type.isStringLiteral())) {
      return { type: 'string', enum: types.map((type) => (type as ts.StringLiteralType).value) };
    }
    const rest = types.filter(({ flags }) => !(flags & ts.TypeFlags.Null));
    if (rest.length < types.length) return { anyOf: [this.#union(rest), { type: 'null' }] };
    return { anyOf: types.map((type) => this.#schema(type)) };
  }

  #object(type: ts.Type): Schema {
    const properties = type.getProperties();
    const isOptional = ({ flags }: ts.Symbol) => (flags & ts.SymbolFlags.Optional) !== 0;
    const schemas = properties.map((property) => {
      const schema = this.#schema(this.#checker.getTypeOfSymbol(property));
      return [property.name, { ...this.#documented(property), ...schema }];
    });
    const required = properties.filter((property) => !isOptional(property)).map(({ name }) => name);
    return { type: 'object', properties: Object.fromEntries(schemas), ...(required.length > 0 ? { required } : {}) };
  }
}

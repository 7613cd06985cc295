import ts from 'typescript';

/**
 * `table[name]` with a name that can be any text also finds what every object inherits: `?constructor=x` was an error of
 * ours on every page. Such tables are read by `lookUp` (src/domain/look-up.ts), or are a Map.
 */
export const lookUpRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { inherits: 'A name that can be any text may be "constructor": call lookUp, or use a Map.' },
  },
  create(context) {
    const { getTypeAtLocation } = context.sourceCode.parserServices;
    return {
      'MemberExpression[computed=true]'(node) {
        if (isWritten(node) || !isAnyText(getTypeAtLocation(node.property))) return;
        if (getTypeAtLocation(node.object).getStringIndexType() !== undefined) {
          context.report({ node, messageId: 'inherits' });
        }
      },
    };
  },
};

function isWritten({ parent }) {
  return parent.type === 'AssignmentExpression' && parent.operator === '=' && parent.left.type === 'MemberExpression';
}

function isAnyText(type) {
  return type.isUnion()
    ? type.types.some(isAnyText)
    : (type.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) !== 0;
}

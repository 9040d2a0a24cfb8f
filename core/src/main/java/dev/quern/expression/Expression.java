package dev.quern.expression;

import dev.quern.data.Schema;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An expression over the fields of a sample, in SQL's words: {@code age >= 18 AND country = 'CN'}.
 *
 * <p>Values are long, double, decimal, text, bool, date, timestamp, lists and structs; any may be
 * missing, and a double that is NaN is. What is computed from a missing value is missing; AND, OR
 * and NOT know three values as in SQL. Nothing fails while data are read: what has no value
 * (division by zero, overflow of long arithmetic, a CAST that does not fit) is missing.
 *
 * <p>Numbers widen from long to decimal to double, dates to timestamps, and a text literal beside a
 * date is a date. {@code /} always gives a double. Texts are compared by code points. Immutable.
 */
public final class Expression {
  private final Node root;

  private Expression(Node root) {
    this.root = root;
  }

  /**
   * Parses an expression.
   *
   * @throws ExpressionException if it is none
   */
  public static Expression parse(String text) {
    return new Expression(Parser.parse(text));
  }

  /**
   * Returns the expression over samples of {@code schema}.
   *
   * @throws ExpressionException if names or types do not fit
   */
  public BoundExpression bind(Schema schema) {
    Binder binder = new Binder(schema);
    Bound bound = binder.bind(root);
    if (bound instanceof Constant constant && constant.isUntyped()) {
      throw new ExpressionException(
          root.position(), "expression must have a type; found: NULL; write CAST(NULL AS type)");
    }
    return new BoundExpression(bound, binder.fields(), binder.shared());
  }

  /**
   * Returns the expression as a condition over samples of {@code schema}.
   *
   * @throws ExpressionException if names or types do not fit, or if it is not true or false
   */
  public BoundExpression bindCondition(Schema schema) {
    Binder binder = new Binder(schema);
    Bound bound = binder.bool(root, "condition");
    return new BoundExpression(bound, binder.fields(), binder.shared());
  }

  /** Returns the names that must be fields, in the order they stand. */
  public Set<String> fields() {
    Set<String> names = new LinkedHashSet<>();
    collect(root, names);
    return names;
  }

  private static void collect(Node node, Set<String> names) {
    if (node instanceof Node.Named named) {
      names.add(named.name());
    }
    node.children().forEach(child -> collect(child, names));
  }

  /** Returns the canonical text: equal expressions read alike, and it parses to this expression. */
  public String canonical() {
    return root.canonical();
  }

  @Override
  public String toString() {
    return canonical();
  }
}

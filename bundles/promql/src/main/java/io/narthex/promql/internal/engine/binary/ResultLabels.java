package io.narthex.promql.internal.engine.binary;

import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.ast.VectorMatching.Cardinality;
import io.narthex.promql.internal.engine.data.Naming;

/** The labels of the result of an operator between two series. */
final class ResultLabels {

  private final VectorMatching matching;
  private final boolean dropName;
  private final LabelsBuilder builder = new LabelsBuilder();

  ResultLabels(BinaryOperator op, VectorMatching matching, boolean returnBool, Naming naming) {
    this.matching = matching;
    this.dropName = (!op.isComparison() && !op.isSet()) || (returnBool && !naming.delayed());
  }

  /**
   * @param many the labels of the side that may have several series, or the left one
   * @param one those of the other side
   */
  Labels of(Labels many, Labels one) {
    builder.reset(many);
    if (dropName) {
      builder.remove(Labels.NAME).remove(Naming.TYPE).remove(Naming.UNIT);
    }
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      if (matching.on()) {
        for (int i = 0; i < many.size(); i++) {
          if (!matching.labels().contains(many.name(i))) {
            builder.remove(many.name(i));
          }
        }
      } else {
        for (String ignored : matching.labels()) {
          builder.remove(ignored);
        }
      }
    }
    for (String include : matching.include()) {
      builder.set(include, one.get(include));
    }
    return builder.build();
  }
}

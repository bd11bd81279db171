package io.narthex.promql.internal.engine.data;

import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;

/**
 * What becomes of the metric's name where a function or operator drops it. Type and unit go with
 * it.
 *
 * @param delayed whether it stays visible to what is around and goes at the very end only
 */
public record Naming(boolean delayed) {

  public static final String TYPE = "__type__";
  public static final String UNIT = "__unit__";

  /** Whether the label goes when names are dropped. */
  public static boolean drops(String label) {
    return label.equals(Labels.NAME) || label.equals(TYPE) || label.equals(UNIT);
  }

  /** The labels without those that go. */
  public static Labels strip(Labels labels) {
    boolean any = false;
    for (int i = 0; i < labels.size() && !any; i++) {
      any = drops(labels.name(i));
    }
    if (!any) {
      return labels;
    }
    LabelsBuilder b = new LabelsBuilder(labels);
    return b.remove(Labels.NAME).remove(TYPE).remove(UNIT).build();
  }

  /** Whether none of the label sets has anything but the metric's name to drop. */
  public static boolean onlyNames(Labels[] all) {
    for (Labels labels : all) {
      for (int i = 0; i < labels.size(); i++) {
        String name = labels.name(i);
        if (name.equals(TYPE) || name.equals(UNIT)) {
          return false;
        }
      }
    }
    return true;
  }
}

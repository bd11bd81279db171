package io.narthex.promql.testlang;

import java.util.List;

/** A command of a test script with the line where it begins, counted from 1. */
sealed interface ScriptCommand {

  int line();

  /** Forgets all samples. */
  record Clear(int line) implements ScriptCommand {}

  /**
   * Adds samples.
   *
   * @param step milliseconds between positions
   * @param customBuckets whether classic histograms become native ones as well
   * @param series lines in series notation
   */
  record Load(int line, long step, boolean customBuckets, List<String> series)
      implements ScriptCommand {}

  /**
   * Evaluates an expression.
   *
   * @param step 0 for an instant query
   * @param expected lines of the result
   */
  record Eval(
      int line,
      long start,
      long end,
      long step,
      String expression,
      Expectations expectations,
      List<String> expected)
      implements ScriptCommand {

    boolean isInstant() {
      return step == 0;
    }
  }
}

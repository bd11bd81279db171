package io.narthex.config.internal.transaction;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Reconfigurable.Prepared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configuration put into effect in a number of modules, or in none of them.
 *
 * <p>A module that goes meanwhile is skipped from then on: what it prepared went with it.
 */
final class Change {

  private static final Logger LOG = LoggerFactory.getLogger(Change.class);

  private final Configuration next;
  private final LongSupplier nanoTime;
  private final List<Step> prepared = new ArrayList<>();
  private final Map<String, Long> nanos = new LinkedHashMap<>();

  private record Step(Module module, Prepared change) {}

  Change(Configuration next, LongSupplier nanoTime) {
    this.next = next;
    this.nanoTime = nanoTime;
  }

  /**
   * Prepares every module and commits all.
   *
   * @throws ConfigurationException if one refused or failed; then all are as they were
   */
  void apply(List<Module> modules) throws ConfigurationException {
    for (Module m : modules) {
      prepare(m);
    }
    for (int i = 0; i < prepared.size(); i++) {
      commit(i);
    }
  }

  /** How long each module took, by name. */
  Map<String, Long> nanos() {
    return nanos;
  }

  private void prepare(Module module) throws ConfigurationException {
    if (module.isGone()) {
      return;
    }
    long start = nanoTime.getAsLong();
    try {
      prepared.add(new Step(module, module.service().prepare(next)));
    } catch (ConfigurationException | RuntimeException | LinkageError e) {
      if (module.isGone()) {
        return;
      }
      discardFrom(0);
      throw refused(module, e);
    } finally {
      nanos.merge(module.name(), nanoTime.getAsLong() - start, Long::sum);
    }
  }

  private void commit(int at) throws ConfigurationException {
    Module module = prepared.get(at).module();
    if (module.isGone()) {
      return;
    }
    long start = nanoTime.getAsLong();
    try {
      prepared.get(at).change().commit();
    } catch (RuntimeException | LinkageError e) {
      if (module.isGone()) {
        return;
      }
      rollBackBefore(at);
      discardFrom(at + 1);
      throw refused(module, e);
    } finally {
      nanos.merge(module.name(), nanoTime.getAsLong() - start, Long::sum);
    }
  }

  /** From the last to the first, as each may build on those before it. */
  private void rollBackBefore(int end) {
    for (int i = end - 1; i >= 0; i--) {
      undo(prepared.get(i), prepared.get(i).change()::rollback, "roll back");
    }
  }

  private void discardFrom(int begin) {
    for (int i = prepared.size() - 1; i >= begin; i--) {
      undo(prepared.get(i), prepared.get(i).change()::discard, "discard");
    }
  }

  /** One module that cannot go back must not keep the others from it. */
  private static void undo(Step step, Runnable action, String what) {
    if (step.module().isGone()) {
      return;
    }
    try {
      action.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.atError()
          .addKeyValue("module", step.module().name())
          .setCause(e)
          .log("Failed to " + what + " configuration");
    }
  }

  private static ConfigurationException refused(Module module, Throwable e) {
    LOG.atError()
        .addKeyValue("module", module.name())
        .addKeyValue("err", String.valueOf(e.getMessage()))
        .log("Failed to apply configuration");
    return new ConfigurationException(module.name() + ": " + describe(e), e);
  }

  private static String describe(Throwable e) {
    return e instanceof ConfigurationException ? String.valueOf(e.getMessage()) : e.toString();
  }
}

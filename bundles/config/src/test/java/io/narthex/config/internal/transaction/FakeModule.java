package io.narthex.config.internal.transaction;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Reconfigurable;
import java.util.ArrayList;
import java.util.List;

/** A module that checks how it is called, remembers it, and fails where it is told to. */
final class FakeModule implements Reconfigurable {

  enum Failure {
    NONE,
    REFUSE,
    CRASH_IN_PREPARE,
    CRASH_IN_COMMIT
  }

  private final String name;
  private final List<String> calls;
  private final List<Configuration> before = new ArrayList<>();
  private Configuration current;
  private Failure failure = Failure.NONE;
  private boolean crashWhenUndone;
  private Runnable onPrepare = () -> {};

  FakeModule(String name, List<String> calls) {
    this.name = name;
    this.calls = calls;
  }

  FakeModule fail(Failure f) {
    failure = f;
    return this;
  }

  FakeModule crashWhenUndone() {
    crashWhenUndone = true;
    return this;
  }

  FakeModule onPrepare(Runnable action) {
    onPrepare = action;
    return this;
  }

  Configuration current() {
    return current;
  }

  @Override
  public String reconfigurableName() {
    return name;
  }

  @Override
  public Prepared prepare(Configuration next) throws ConfigurationException {
    calls.add(name + " prepare");
    onPrepare.run();
    if (failure == Failure.REFUSE) {
      throw new ConfigurationException("it does not suit me");
    }
    if (failure == Failure.CRASH_IN_PREPARE) {
      throw new IllegalStateException("crash in prepare");
    }
    return new Step(next);
  }

  private final class Step implements Prepared {
    private final Configuration next;
    private String state = "prepared";

    Step(Configuration next) {
      this.next = next;
    }

    private void pass(String from, String to) {
      if (!state.equals(from)) {
        throw new AssertionError(name + ": " + to + " after " + state);
      }
      state = to;
      calls.add(name + " " + to);
    }

    @Override
    public void commit() {
      pass("prepared", "commit");
      if (failure == Failure.CRASH_IN_COMMIT) {
        throw new IllegalStateException("crash in commit");
      }
      before.add(current);
      current = next;
    }

    @Override
    public void rollback() {
      pass("commit", "rollback");
      current = before.removeLast();
      if (crashWhenUndone) {
        throw new IllegalStateException("crash in rollback");
      }
    }

    @Override
    public void discard() {
      pass("prepared", "discard");
      if (crashWhenUndone) {
        throw new IllegalStateException("crash in discard");
      }
    }
  }
}

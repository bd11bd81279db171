package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.lifecycle.RunGroup.State;
import io.narthex.api.lifecycle.ShutdownRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrivals, departures, ends and requests in any order: whatever happens, the rules hold. */
final class GroupInterleavingTest {
  private static final int[] STAGES = {0, 100, 200, 300, 600, 800};

  /** What the test knows of one actor, from its own side. */
  private static final class Model {
    final boolean critical;
    final int stage;
    ActorThreads.Start start;
    boolean executing;
    boolean departed;

    Model(boolean critical, int stage) {
      this.critical = critical;
      this.stage = stage;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyOrderKeepsTheRules(long seed) {
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < 400; i++) {
      play(seeds.nextLong());
    }
  }

  private static void play(long seed) {
    try (GroupTestKit kit = new GroupTestKit()) {
      new Play(kit, new SplittableRandom(seed)).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static final class Play {
    private final GroupTestKit kit;
    private final SplittableRandom random;
    private final Map<String, Model> models = new TreeMap<>();
    private boolean endExpected;
    private int names;

    Play(GroupTestKit kit, SplittableRandom random) {
      this.kit = kit;
      this.random = random;
    }

    void run() {
      kit.threads.interruptAtOnce = random.nextBoolean();
      for (int step = 0; step < 60; step++) {
        step();
        check();
      }
      if (!endExpected) {
        endExpected = true;
        kit.group.end(new ShutdownRequested("the test"));
      }
      drain();
      assertThat(kit.ends).as("the process ends exactly once").hasSize(1);
      assertThat(kit.group.actors()).allMatch(a -> a.state() == State.ENDED);
      assertThat(kit.timers.pending()).isZero();
    }

    private void step() {
      switch (random.nextInt(9)) {
        case 0, 1 -> arrive();
        case 2 -> depart();
        case 3, 4 -> begin();
        case 5 -> end(random.nextBoolean());
        case 6 -> interruptOne();
        case 7 -> kit.timers.advance(Duration.ofMillis(random.nextInt(3_000)));
        default -> {
          if (random.nextInt(12) == 0) {
            assertThat(kit.group.end(new ShutdownRequested("the test"))).isEqualTo(!endExpected);
            endExpected = true;
          }
        }
      }
    }

    private void arrive() {
      String name = "actor-" + names++;
      Model model = new Model(random.nextInt(3) > 0, STAGES[random.nextInt(STAGES.length)]);
      models.put(name, model);
      kit.arrive(name, model.stage, model.critical);
    }

    private String pick(java.util.function.Predicate<String> which) {
      List<String> fitting = models.keySet().stream().filter(which).toList();
      return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
    }

    private void depart() {
      String name = pick(n -> true);
      if (name != null) {
        models.get(name).departed = true;
        kit.depart(name);
      }
    }

    private boolean begin() {
      String name = pick(n -> waiting(n) != null);
      if (name == null) {
        return false;
      }
      Model model = models.get(name);
      model.start = waiting(name);
      State before = kit.runs.get(name).state;
      if (model.start.begin()) {
        assertThat(before).isEqualTo(State.RUNNING);
        assertThat(model.departed).isFalse();
        model.executing = true;
      } else {
        assertThat(before).isIn(State.STOPPING, State.ABANDONED);
        model.start.end(null);
      }
      return true;
    }

    /** A start that has not begun. */
    private ActorThreads.Start waiting(String name) {
      if (kit.threads.count(name) == 0) {
        return null;
      }
      ActorThreads.Start latest = kit.threads.of(name);
      return latest.equals(models.get(name).start) ? null : latest;
    }

    private boolean end(boolean failing) {
      String name = pick(n -> models.get(n).executing);
      if (name == null) {
        return false;
      }
      Model model = models.get(name);
      boolean own = kit.runs.get(name).state == State.RUNNING;
      model.executing = false;
      if (own && model.critical) {
        endExpected = true;
      }
      kit.threads.of(name).end(failing ? new IllegalStateException(name) : null);
      return true;
    }

    private boolean interruptOne() {
      Runnable next = kit.threads.interrupts.poll();
      if (next != null) {
        next.run();
      }
      return next != null;
    }

    /** Lets everything come to its end. */
    private void drain() {
      while (interruptOne() | begin() | end(false)) {
        check();
      }
    }

    private void check() {
      assertThat(kit.group.isEnding()).isEqualTo(endExpected);
      List<Integer> stopping = new ArrayList<>();
      kit.runs.forEach((name, run) -> {
        Model model = models.get(name);
        if (run.state == State.STOPPING && !model.departed) {
          stopping.add(run.info.stage());
        }
        assertThat(kit.threads.count(name))
            .as("only what is not critical starts again")
            .isLessThanOrEqualTo(model.critical ? 1 : Integer.MAX_VALUE);
        assertThat(run.settled.isDone())
            .as("%s has settled only when it is over", name)
            .isEqualTo(!run.isLive());
        assertThat(!run.isLive() && run.state != State.ABANDONED && model.executing)
            .as("%s is still executing", name)
            .isFalse();
      });
      assertThat(stopping.stream().distinct().count())
          .as("one stage stops at a time")
          .isLessThanOrEqualTo(1);
      kit.actors.values().forEach(a -> assertThat(a.causes.size()).isLessThanOrEqualTo(1));
    }
  }
}

package io.narthex.itest.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.itest.framework.Reflect.CalledFailed;
import java.lang.reflect.InvocationHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * A module that fails right after each of the server's own has prepared or committed a reload:
 * nothing of the reload may stay.
 */
final class InjectedFailureTest {
  private static final String CONFIGURATION =
      """
      global:
        scrape_interval: %s
      scrape_configs:
        - job_name: first
          static_configs:
            - targets: ["127.0.0.1:1"]
      """;

  @TempDir static Path folder;

  private static RunningFramework framework;

  @BeforeAll
  static void start() throws Exception {
    framework =
        new RunningFramework.Setup(folder).configuration(CONFIGURATION.formatted("31s")).start();
    framework.awaitReady();
    awaitTargets(List.of("first 31s"));
  }

  @AfterAll
  static void stop() throws Exception {
    framework.close();
    framework = null;
  }

  /** The step of a reload at which the injected module fails. */
  private enum Step {
    PREPARE,
    COMMIT
  }

  static List<Arguments> afterEachModule() throws Exception {
    List<Arguments> all = new ArrayList<>();
    for (int order : orders()) {
      for (Step step : Step.values()) {
        all.add(Arguments.of(step, order));
      }
    }
    return all;
  }

  private static TreeSet<Integer> orders() throws Exception {
    TreeSet<Integer> orders = new TreeSet<>();
    for (ServiceReference<?> reference :
        framework.context().getAllServiceReferences("io.narthex.api.config.Reconfigurable", null)) {
      orders.add((Integer) reference.getProperty("reconfigurable.order"));
    }
    return orders;
  }

  @ParameterizedTest(name = "{0} after order {1}")
  @MethodSource("afterEachModule")
  void failsAndLeavesEverything(Step step, int order) throws Exception {
    Path file = folder.resolve("prometheus.yml");
    Object transactions = framework.service("config.ConfigurationTransactions");
    String before = (String) Reflect.call(transactions, "effectiveYaml");
    Injected injected = new Injected(order + 1, step);
    try {
      String changed =
          CONFIGURATION.formatted("47s") + "  - job_name: second\n    static_configs: []\n";
      Files.writeString(file, changed);
      assertThatThrownBy(() -> Reflect.call(transactions, "reload", "the test"))
          .isInstanceOf(CalledFailed.class)
          .hasMessageContaining("injected");
      assertThat(Reflect.call(transactions, "effectiveYaml")).isEqualTo(before);
      assertThat(injected.undone.await(60, TimeUnit.SECONDS)).isTrue();
      awaitTargets(List.of("first 31s"));
      assertThat(framework.get("/-/ready").statusCode()).isEqualTo(200);
    } finally {
      injected.registration.unregister();
    }
    Files.writeString(file, CONFIGURATION.formatted("37s"));
    Reflect.call(transactions, "reload", "the test");
    awaitTargets(List.of("first 37s"));
    Files.writeString(file, CONFIGURATION.formatted("31s"));
    Reflect.call(transactions, "reload", "the test");
    awaitTargets(List.of("first 31s"));
  }

  private static void awaitTargets(List<String> expected) {
    Await.until("targets " + expected, InjectedFailureTest::targets, expected::equals);
  }

  /** The targets with their intervals, as the scrape manager has them. */
  private static List<String> targets() {
    Object view = framework.service("scrape.TargetsView");
    return ((List<?>) Reflect.call(view, "active", (Object) null))
        .stream()
            .map(t -> Reflect.call(t, "pool") + " " + Reflect.call(t, "interval"))
            .sorted()
            .toList();
  }

  /** A module of the test that fails once it is armed. */
  private static final class Injected {
    final CountDownLatch undone = new CountDownLatch(1);
    final ServiceRegistration<?> registration;
    private volatile boolean armed;

    Injected(int order, Step step) {
      CountDownLatch configured = new CountDownLatch(1);
      registration =
          framework.register(
              "config.Reconfigurable",
              Map.of(
                  "reconfigurableName",
                  (self, method, args) -> "injected",
                  "prepare",
                  (self, method, args) -> {
                    if (armed && step == Step.PREPARE) {
                      undone.countDown();
                      throw refusal();
                    }
                    return prepared(configured);
                  }),
              Map.of("reconfigurable.order", order));
      // It is given the current configuration when it arrives; from then on it fails.
      Await.until("the module's first configuration", configured::getCount, n -> n == 0);
      armed = true;
    }

    private Object prepared(CountDownLatch configured) {
      InvocationHandler commit =
          (self, method, args) -> {
            if (armed) {
              undone.countDown();
              throw new IllegalStateException("injected");
            }
            configured.countDown();
            return null;
          };
      InvocationHandler nothing = (self, method, args) -> null;
      return Reflect.implement(
          framework.type("config.Reconfigurable$Prepared"),
          Map.of("commit", commit, "rollback", nothing, "discard", nothing));
    }

    private static Throwable refusal() throws ReflectiveOperationException {
      return (Throwable)
          framework
              .type("config.ConfigurationException")
              .getConstructor(String.class)
              .newInstance("injected");
    }
  }
}

package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTest {

  /** The configuration with some values set and the annotation's own defaults for the others. */
  private static LifecycleConfig config(Map<String, String> set) {
    return (LifecycleConfig)
        Proxy.newProxyInstance(
            LifecycleConfig.class.getClassLoader(),
            new Class<?>[] {LifecycleConfig.class},
            (self, method, args) ->
                set.getOrDefault(method.getName(), (String) method.getDefaultValue()));
  }

  @Test
  void defaultsAreTheDocumentedOnes() {
    assertThat(Settings.of(config(Map.of()))).isEqualTo(Settings.DEFAULTS);
  }

  @Test
  void refusalsNameTheProperty() {
    assertThatThrownBy(() -> Settings.of(config(Map.of("shutdown_limit", "soon"))))
        .hasMessage("shutdown.limit: not a valid duration string: \"soon\"");
    assertThatThrownBy(() -> Settings.of(config(Map.of("shutdown_warn", "0s"))))
        .hasMessage("shutdown.warn: must be longer than zero");
    assertThatThrownBy(() -> Settings.of(config(Map.of("restart_cap", "10ms"))))
        .hasMessage("restart.cap is shorter than restart.initial");
  }
}

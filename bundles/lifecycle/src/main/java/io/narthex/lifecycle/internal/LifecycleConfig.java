package io.narthex.lifecycle.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the run group under the PID {@code io.narthex.lifecycle}. */
@ObjectClassDefinition(
    name = "Narthex run group",
    description = "How long actors may take to stop, and when failed ones start again.")
@interface LifecycleConfig {
  String PID = "io.narthex.lifecycle";

  @AttributeDefinition(
      name = "Warn after",
      description = "An actor that takes longer than this to stop is named in the log.")
  String shutdown_warn() default "10s";

  @AttributeDefinition(
      name = "Shutdown limit",
      description = "An actor that takes longer than this to stop is given up.")
  String shutdown_limit() default "1m";

  @AttributeDefinition(
      name = "First restart",
      description = "Pause before an actor that is not critical starts again; doubles each time.")
  String restart_initial() default "1s";

  @AttributeDefinition(
      name = "Longest restart",
      description = "The pause grows no longer than this.")
  String restart_cap() default "1m";

  @AttributeDefinition(
      name = "Healthy after",
      description =
          "An actor that ran this long before it failed starts with the first pause again.")
  String restart_healthy() default "5m";
}

package io.narthex.discovery.manager.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of discovery that hold for all sections. */
@ObjectClassDefinition(
    name = "Narthex: discovery",
    description = "How targets are found. Sections stand in the configuration file.")
public @interface DiscoverySettings {

  @AttributeDefinition(
      name = "Provider grace",
      description =
          "How long targets are kept whose provider's bundle was removed, in milliseconds.")
  long provider_grace() default 300_000;

  @AttributeDefinition(name = "User agent", description = "The User-Agent header of look-ups.")
  String user_agent() default "Prometheus/3.14.0";
}

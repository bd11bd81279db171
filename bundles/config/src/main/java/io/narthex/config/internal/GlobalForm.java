package io.narthex.config.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The form of the global section; what is not filled in stays as the file says. */
@ObjectClassDefinition(
    name = "Narthex global settings",
    description = "Global settings that take the place of those of the configuration file.")
@interface GlobalForm {

  @AttributeDefinition(name = "Scrape interval", description = "For instance 15s.")
  String scrape__interval() default "";

  @AttributeDefinition(name = "Scrape timeout", description = "For instance 10s.")
  String scrape__timeout() default "";

  @AttributeDefinition(name = "Evaluation interval", description = "Of rules, for instance 1m.")
  String evaluation__interval() default "";

  @AttributeDefinition(
      name = "External labels",
      description = "name=value; added to what leaves the server.")
  String[] external__labels() default {};

  @AttributeDefinition(name = "Sample limit", description = "Samples of one scrape at most.")
  String sample__limit() default "";

  @AttributeDefinition(name = "Body size limit", description = "For instance 10MB.")
  String body__size__limit() default "";

  @AttributeDefinition(
      name = "YAML",
      description = "All other keys of the section, as they stand in a configuration file.")
  String yaml() default "";
}

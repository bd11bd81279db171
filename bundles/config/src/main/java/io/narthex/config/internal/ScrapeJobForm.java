package io.narthex.config.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * The form of a scrape job. Everything is optional and text, so that what is not filled in keeps
 * the default of the file.
 */
@ObjectClassDefinition(
    name = "Narthex scrape job",
    description =
        "A scrape job on top of the configuration file. It is checked with everything else, and"
            + " changes nothing if it is refused: see the transactions.")
@interface ScrapeJobForm {

  @AttributeDefinition(name = "Job name", description = "The entry's own name if empty.")
  String job__name() default "";

  @AttributeDefinition(name = "Targets", description = "host:port of each target.")
  String[] targets() default {};

  @AttributeDefinition(name = "Labels", description = "name=value, for all of these targets.")
  String[] labels() default {};

  @AttributeDefinition(name = "Scrape interval", description = "For instance 15s.")
  String scrape__interval() default "";

  @AttributeDefinition(name = "Scrape timeout", description = "For instance 10s.")
  String scrape__timeout() default "";

  @AttributeDefinition(name = "Metrics path", description = "/metrics if empty.")
  String metrics__path() default "";

  @AttributeDefinition(
      name = "Scheme",
      description = "http if empty.",
      options = {
        @Option(label = "", value = ""),
        @Option(label = "http", value = "http"),
        @Option(label = "https", value = "https")
      })
  String scheme() default "";

  @AttributeDefinition(
      name = "Honor labels",
      description = "Whether labels of the target win over those of the server.",
      options = {
        @Option(label = "", value = ""),
        @Option(label = "yes", value = "true"),
        @Option(label = "no", value = "false")
      })
  String honor__labels() default "";

  @AttributeDefinition(name = "Sample limit", description = "Samples of one scrape at most.")
  String sample__limit() default "";

  @AttributeDefinition(name = "Body size limit", description = "For instance 10MB.")
  String body__size__limit() default "";

  @AttributeDefinition(
      name = "YAML",
      description = "All other keys of the job, as they stand in a configuration file.")
  String yaml() default "";
}

package io.narthex.scrape.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of scraping that hold for all jobs. */
@ObjectClassDefinition(
    name = "Narthex: scraping",
    description = "How all jobs are scraped. Jobs have their own entries.")
public @interface ScrapeSettings {

  @AttributeDefinition(
      name = "Adjust timestamps",
      description = "Moves timestamps of scrapes onto their schedule where they miss it slightly.")
  boolean scrape_adjust$_$timestamps() default true;

  @AttributeDefinition(
      name = "Timestamp tolerance",
      description = "How far timestamps may be moved, in milliseconds.")
  long scrape_timestamp$_$tolerance() default 2;

  @AttributeDefinition(
      name = "Discovery reload interval",
      description = "Time between two changes of targets by discovery, in milliseconds.")
  long scrape_discovery$_$reload$_$interval() default 5000;

  @AttributeDefinition(
      name = "Features",
      description =
          "Of extra-scrape-metrics, exemplar-storage, metadata-wal-records and"
              + " created-timestamp-zero-ingestion; others concern other parts.")
  String[] enable$_$feature() default {};

  @AttributeDefinition(name = "User agent", description = "The User-Agent header of scrapes.")
  String user_agent() default "Prometheus/3.14.0";
}

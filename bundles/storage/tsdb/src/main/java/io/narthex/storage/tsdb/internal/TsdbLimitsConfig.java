package io.narthex.storage.tsdb.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the local database takes at most. */
@ObjectClassDefinition(
    name = "Narthex TSDB limits",
    description =
        "Budgets of series, and what happens when the disk is nearly full. A change is in"
            + " effect at once; series that are there stay.")
public @interface TsdbLimitsConfig {

  @AttributeDefinition(
      name = "series.max",
      description = "The most series in memory; 0 for no limit.")
  long series_max() default 0;

  @AttributeDefinition(
      name = "series.max.per.job",
      description = "The most series with one value of the label job; 0 for no limit.")
  long series_max_per_job() default 0;

  @AttributeDefinition(
      name = "series.max.per.metric",
      description = "The most series of one metric name; 0 for no limit.")
  long series_max_per_metric() default 0;

  @AttributeDefinition(
      name = "space.series",
      description = "Usable bytes of the disk below which new series are refused; 0 for never.")
  long space_series() default 256L << 20;

  @AttributeDefinition(
      name = "space.samples",
      description = "Usable bytes of the disk below which samples are refused; 0 for never.")
  long space_samples() default 64L << 20;

  @AttributeDefinition(
      name = "space.interval",
      description = "Milliseconds between two looks at the disk.")
  long space_interval() default 5000;
}

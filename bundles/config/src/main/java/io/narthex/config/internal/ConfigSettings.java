package io.narthex.config.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the configuration comes from: the flags, under the PID {@code io.narthex.config}. */
@ObjectClassDefinition(
    name = "Narthex configuration file",
    description = "The file that is read, and whether it is watched. Set by flags at each start.")
@interface ConfigSettings {
  String PID = "io.narthex.config";

  @AttributeDefinition(name = "File", description = "Path of the configuration file.")
  String config_file() default "prometheus.yml";

  @AttributeDefinition(
      name = "Auto reload",
      description = "Reload when the file or one that it includes changes.")
  boolean config_auto$_$reload() default false;

  @AttributeDefinition(
      name = "Auto reload interval",
      description = "Milliseconds between two looks at the files, at least 1000.")
  long config_auto$_$reload$_$interval() default 30_000;

  @AttributeDefinition(name = "Features", description = "Names of features that are switched on.")
  String[] enable$_$feature() default {};

  @AttributeDefinition(name = "Mode", description = "server or agent.")
  String mode() default "server";

  @AttributeDefinition(
      name = "Retention time",
      description = "Milliseconds that samples are kept if the file does not say; 0 for no limit.")
  long storage_tsdb_retention_time() default 0;

  @AttributeDefinition(
      name = "Retention size",
      description = "Bytes of blocks that are kept if the file does not say; 0 for no limit.")
  long storage_tsdb_retention_size() default 0;
}

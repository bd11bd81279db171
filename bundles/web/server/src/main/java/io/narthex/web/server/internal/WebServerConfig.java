package io.narthex.web.server.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The entry {@code io.narthex.web}; names are those of the flags, durations milliseconds. */
@ObjectClassDefinition(
    name = "Narthex web server",
    description = "Listeners, limits and what the pages say. A change opens the listeners anew.")
public @interface WebServerConfig {

  @AttributeDefinition(name = "Listen addresses", description = "host:port, each")
  String[] web_listen$_$address() default {"0.0.0.0:9090"};

  @AttributeDefinition(
      name = "Web configuration file",
      description = "Switches on TLS, users and headers; read again when it changes.")
  String web_config_file() default "";

  @AttributeDefinition(
      name = "Read timeout",
      description = "Milliseconds to read a request, and to keep an idle connection.")
  long web_read$_$timeout() default 300_000;

  @AttributeDefinition(
      name = "Largest number of connections",
      description = "Over all listeners; more wait.")
  int web_max$_$connections() default 512;

  @AttributeDefinition(name = "External URL")
  String web_external$_$url() default "";

  @AttributeDefinition(name = "Route prefix", description = "By default the external URL's path.")
  String web_route$_$prefix() default "";

  @AttributeDefinition(name = "Title of the pages")
  String web_page$_$title() default "Prometheus Time Series Collection and Processing Server";

  @AttributeDefinition(name = "CORS origins", description = "Regular expression, fully anchored.")
  String web_cors_origin() default ".*";

  @AttributeDefinition(name = "Reload and shutdown by HTTP request")
  boolean web_enable$_$lifecycle() default false;

  @AttributeDefinition(name = "Mode", description = "server or agent; set by the launcher.")
  String mode() default "server";
}

package io.narthex.web.console.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the web console under the PID {@code io.narthex.console}. */
@ObjectClassDefinition(
    name = "Narthex web console",
    description = "Who may use the web console, and for what.")
@interface ConsoleConfig {
  String PID = "io.narthex.console";

  @AttributeDefinition(
      name = "Bundle upload",
      description =
          "Let the console install bundles that are uploaded. Whoever may do that runs code in the"
              + " server.")
  boolean console_enable$_$bundle$_$upload() default false;

  @AttributeDefinition(
      name = "Clients",
      description =
          "Networks whose clients are let in, for instance 10.0.0.0/8; 0.0.0.0/0 and ::/0 for all."
              + " While only loopback networks are named, requests that came through a proxy are"
              + " refused.")
  String[] console_clients() default {"127.0.0.0/8", "::1/128"};

  @AttributeDefinition(
      name = "Password file",
      description =
          "Keeps the user of the console and the bcrypt hash of the password; made at the first"
              + " start. Not used while the web configuration file names users.")
  String console_password$_$file() default "data/console-password";
}

package io.narthex.storage.remote.internal.receive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The entry {@code io.narthex.storage.remote.receiver}; while it is there, remote write is on. */
@ObjectClassDefinition(
    name = "Narthex remote write receiver",
    description = "Takes samples by remote write while this entry exists.")
@interface ReceiverConfig {

  @AttributeDefinition(
      name = "web.remote-write-receiver.accepted-protobuf-messages",
      description = "Messages that are taken.")
  String[] web_remote$_$write$_$receiver_accepted$_$protobuf$_$messages() default {
    "prometheus.WriteRequest", "io.prometheus.write.v2.Request"
  };

  @AttributeDefinition(name = "enable-feature", description = "Features of the server that are on.")
  String[] enable$_$feature() default {};
}

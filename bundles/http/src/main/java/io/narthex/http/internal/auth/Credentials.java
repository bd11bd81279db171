package io.narthex.http.internal.auth;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.HttpClientConfig.Authorization;
import io.narthex.api.config.HttpClientConfig.BasicAuth;
import io.narthex.http.internal.SecretFile;
import io.narthex.http.internal.net.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Gives the value of the Authorization header; files are read again for each request. */
public sealed interface Credentials {

  /** The header's value, empty for none. */
  String header(Deadline deadline) throws IOException, InterruptedException;

  /** Nobody in particular. */
  record Anonymous() implements Credentials {
    @Override
    public String header(Deadline deadline) {
      return "";
    }
  }

  /** User name and password. */
  record Basic(BasicAuth section) implements Credentials {
    @Override
    public String header(Deadline deadline) throws IOException {
      String user = value("username", section.username(), section.usernameFile());
      String password = value("password", section.password().reveal(), section.passwordFile());
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String value(String what, String inline, String file) throws IOException {
      if (file.isEmpty()) {
        return inline;
      }
      try {
        return SecretFile.text(file);
      } catch (IOException e) {
        throw new IOException("unable to read basic auth " + what + ": " + e.getMessage(), e);
      }
    }
  }

  /** A type and a credential, for instance a bearer token. */
  record Header(Authorization section) implements Credentials {
    @Override
    public String header(Deadline deadline) throws IOException {
      String secret = section.credentials().reveal();
      if (!section.credentialsFile().isEmpty()) {
        try {
          secret = SecretFile.text(section.credentialsFile());
        } catch (IOException e) {
          throw new IOException("unable to read authorization credentials: " + e.getMessage(), e);
        }
      }
      return section.type() + " " + secret;
    }
  }

  /** A token of an OAuth 2.0 server. */
  record OAuth2(OAuth2Tokens tokens) implements Credentials {
    @Override
    public String header(Deadline deadline) throws IOException, InterruptedException {
      return tokens.header(deadline);
    }
  }

  /** Those of a section without OAuth 2.0. */
  static Credentials of(HttpClientConfig config) {
    BasicAuth basic = config.basicAuth();
    if (basic != null) {
      return new Basic(basic);
    }
    Authorization authorization = config.authorization();
    return authorization != null ? new Header(authorization) : new Anonymous();
  }
}

package io.narthex.config.internal.http;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.HttpClientConfig.Authorization;
import io.narthex.api.config.HttpClientConfig.BasicAuth;
import io.narthex.api.config.HttpClientConfig.HttpHeader;
import io.narthex.api.config.HttpClientConfig.OAuth2;
import io.narthex.api.config.Secret;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.model.GoQuote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and checks the HTTP client fields that stand among other keys. */
public final class HttpClientReader {

  private HttpClientReader() {}

  /**
   * @param owner where errors that concern several fields are said to be
   */
  public static HttpClientConfig read(
      ConfigNode owner, ConfigNode.Fields fields, HttpClientConfig defaults)
      throws ConfigurationException {
    BasicAuth basic = basicAuth(fields.find("basic_auth"));
    Authorization authorization = authorization(fields.find("authorization"));
    OAuth2 oauth2 = OAuth2Reader.read(fields.find("oauth2"));
    ConfigNode tokenNode = fields.find("bearer_token");
    Secret token = tokenNode == null ? Secret.NONE : tokenNode.secret();
    ConfigNode tokenFileNode = fields.find("bearer_token_file");
    String tokenFile = tokenFileNode == null ? "" : tokenFileNode.path();
    ConfigNode tls = fields.find("tls_config");
    HttpClientConfig read =
        new HttpClientConfig(
            basic,
            authorization,
            oauth2,
            tls == null ? defaults.tls() : TlsReader.read(tls),
            fields.bool("follow_redirects", defaults.followRedirects()),
            fields.bool("enable_http2", defaults.enableHttp2()),
            ProxyReader.read(owner, fields),
            headers(fields.find("http_headers")));
    checkBearer(owner, read, token, tokenFile);
    checkAuthorization(owner, read, token, tokenFile);
    if (authorization == null && !(token.isEmpty() && tokenFile.isEmpty())) {
      return with(read, new Authorization("Bearer", token, tokenFile, ""));
    }
    return read;
  }

  private static HttpClientConfig with(HttpClientConfig c, Authorization authorization) {
    return new HttpClientConfig(
        c.basicAuth(),
        authorization,
        c.oauth2(),
        c.tls(),
        c.followRedirects(),
        c.enableHttp2(),
        c.proxy(),
        c.httpHeaders());
  }

  private static void checkBearer(
      ConfigNode owner, HttpClientConfig c, Secret token, String tokenFile)
      throws ConfigurationException {
    boolean bearer = !token.isEmpty() || !tokenFile.isEmpty();
    if (!token.isEmpty() && !tokenFile.isEmpty()) {
      throw owner.error("at most one of bearer_token & bearer_token_file must be configured");
    }
    if (bearer && (c.basicAuth() != null || c.oauth2() != null)) {
      throw owner.error(
          "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured");
    }
  }

  private static void checkAuthorization(
      ConfigNode owner, HttpClientConfig c, Secret token, String tokenFile)
      throws ConfigurationException {
    if (c.authorization() != null) {
      if (!token.isEmpty() || !tokenFile.isEmpty()) {
        throw owner.error("authorization is not compatible with bearer_token & bearer_token_file");
      }
      if (c.basicAuth() != null || c.oauth2() != null) {
        throw owner.error("at most one of basic_auth, oauth2 & authorization must be configured");
      }
    } else if (c.oauth2() != null && c.basicAuth() != null) {
      throw owner.error("at most one of basic_auth, oauth2 & authorization must be configured");
    }
  }

  private static @Nullable BasicAuth basicAuth(@Nullable ConfigNode node)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("config.plain");
    BasicAuth auth =
        new BasicAuth(
            f.text("username", ""),
            FieldValues.path(f, "username_file"),
            f.text("username_ref", ""),
            FieldValues.secret(f, "password"),
            FieldValues.path(f, "password_file"),
            f.text("password_ref", ""));
    f.end();
    FieldValues.atMostOne(
        node,
        "at most one of basic_auth username, username_file & username_ref must be configured",
        auth.username(),
        auth.usernameFile(),
        auth.usernameRef());
    FieldValues.atMostOne(
        node,
        "at most one of basic_auth password, password_file & password_ref must be configured",
        auth.password().reveal(),
        auth.passwordFile(),
        auth.passwordRef());
    return auth;
  }

  private static @Nullable Authorization authorization(@Nullable ConfigNode node)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("config.plain");
    String type = f.text("type", "").strip();
    Authorization read =
        new Authorization(
            type.isEmpty() ? "Bearer" : type,
            FieldValues.secret(f, "credentials"),
            FieldValues.path(f, "credentials_file"),
            f.text("credentials_ref", ""));
    f.end();
    FieldValues.atMostOne(
        node,
        "at most one of authorization credentials & credentials_file must be configured",
        read.credentials().reveal(),
        read.credentialsFile(),
        read.credentialsRef());
    if (type.toLowerCase(Locale.ROOT).equals("basic")) {
      throw node.error("authorization type cannot be set to \"basic\", use \"basic_auth\" instead");
    }
    return read;
  }

  private static Map<String, HttpHeader> headers(@Nullable ConfigNode node)
      throws ConfigurationException {
    Map<String, HttpHeader> headers = new LinkedHashMap<>();
    if (node == null) {
      return headers;
    }
    ConfigNode.Fields all = node.fields("map[string]config.Header");
    for (String name : all.names()) {
      ConfigNode header = all.find(name);
      if (header == null) {
        continue;
      }
      if (ReservedHeaders.ofHttpHeaders(name)) {
        throw header.error("setting header " + GoQuote.quote(name) + " is not allowed");
      }
      ConfigNode.Fields f = header.fields("config.plain");
      List<String> files = new ArrayList<>();
      ConfigNode fileNodes = f.find("files");
      if (fileNodes != null) {
        for (ConfigNode n : fileNodes.list()) {
          files.add(n.path());
        }
      }
      headers.put(name, new HttpHeader(f.texts("values"), secrets(f.find("secrets")), files));
      f.end();
    }
    return headers;
  }

  static List<Secret> secrets(@Nullable ConfigNode node) throws ConfigurationException {
    List<Secret> secrets = new ArrayList<>();
    if (node != null) {
      for (ConfigNode n : node.list()) {
        secrets.add(n.secret());
      }
    }
    return secrets;
  }
}

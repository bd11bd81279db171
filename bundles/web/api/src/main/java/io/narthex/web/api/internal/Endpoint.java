package io.narthex.web.api.internal;

/** Answers the requests of one path of the API. */
@FunctionalInterface
interface Endpoint {

  Answer answer(ApiRequest request) throws ApiException;
}

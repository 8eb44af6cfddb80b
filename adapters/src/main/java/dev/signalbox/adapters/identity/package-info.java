/**
 * People, as an OpenID Connect provider knows them: its signed tokens are checked against its
 * published keys. It knows the port, tokens and keys, and nothing of roles here. Start with {@link
 * dev.signalbox.adapters.identity.OidcTokens}.
 */
@NullMarked
package dev.signalbox.adapters.identity;

import org.jspecify.annotations.NullMarked;

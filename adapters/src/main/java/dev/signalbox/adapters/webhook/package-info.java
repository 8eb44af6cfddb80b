/**
 * Hands exceptions to any system that takes Standard Webhooks 1.0, and reads its signed answers. It
 * knows the ports of the outside and no other adapter. Start with {@link
 * dev.signalbox.adapters.webhook.WebhookOutlet}.
 */
@NullMarked
package dev.signalbox.adapters.webhook;

import org.jspecify.annotations.NullMarked;

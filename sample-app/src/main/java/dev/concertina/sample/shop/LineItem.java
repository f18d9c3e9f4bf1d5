package dev.concertina.sample.shop;

import java.math.BigDecimal;

/**
 * A line of an order.
 *
 * @param position its place in the order; places may be missing
 * @param sku what is sold
 * @param quantity how many
 * @param price the price of one
 */
public record LineItem(int position, String sku, int quantity, BigDecimal price) {

	LineItem with(int otherQuantity) {
		return new LineItem(this.position, this.sku, otherQuantity, this.price);
	}

}

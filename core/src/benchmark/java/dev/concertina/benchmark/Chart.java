package dev.concertina.benchmark;

import java.util.List;

/**
 * Bars from left to right, as SVG that reads well on a light and on a dark page.
 *
 * @param title what they show
 * @param bars the bars, from top to bottom
 */
record Chart(String title, List<Bar> bars) {

	private static final int ROW = 28;

	private static final int LABELS = 340;

	private static final int LONGEST = 420;

	private static final int HEAD = 40;

	Chart {
		bars = List.copyOf(bars);
	}

	String svg() {
		double largest = this.bars.stream().mapToDouble(Bar::value).max().orElse(1);
		StringBuilder svg = new StringBuilder(
				"""
						<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-label="%3$s">
						<style>text { font: 13px sans-serif; fill: #57606a } .title { font-weight: bold } rect { fill: #3b82c4 }
						@media (prefers-color-scheme: dark) { text { fill: #c9d1d9 } }</style>
						<text class="title" x="0" y="18">%3$s</text>
						"""
					.formatted(LABELS + LONGEST + 100, HEAD + this.bars.size() * ROW, this.title));
		for (int number = 0; number < this.bars.size(); number++) {
			Bar bar = this.bars.get(number);
			int top = HEAD + number * ROW;
			double width = LONGEST * bar.value() / largest;
			svg.append(
					"""
							<text x="%d" y="%d" text-anchor="end">%s</text><rect x="%d" y="%d" width="%.1f" height="%d"/><text x="%.1f" y="%d">%s</text>
							"""
						.formatted(LABELS - 8, top + 14, bar.label(), LABELS, top, width, ROW - 8, LABELS + width + 6,
								top + 14, number(bar.value())));
		}
		return svg.append("</svg>\n").toString();
	}

	private static String number(double value) {
		return ((value >= 100) ? "%,.0f" : "%.2f").formatted(value);
	}

	/**
	 * A bar.
	 *
	 * @param label what it is for
	 * @param value its length
	 */
	record Bar(String label, double value) {

	}

}

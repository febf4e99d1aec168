"""Agreement as a team sees it: who counts where, the figures, and what stands behind them."""

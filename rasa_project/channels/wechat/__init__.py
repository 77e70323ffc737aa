"""WeChat Official Account and WeCom: encrypted callbacks in, each answer once out."""

from plugins.products.handlers import _skus

skus = _skus
